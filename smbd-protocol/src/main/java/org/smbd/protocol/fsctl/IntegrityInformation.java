package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.73 FSCTL_SET_INTEGRITY_INFORMATION Request, and the beginning of 2.3.20 FSCTL_GET_INTEGRITY_INFORMATION
 * Reply.
 *
 * @param checksumAlgorithm one of the constants
 * @param flags {@link #CHECKSUM_ENFORCEMENT_OFF} or 0
 */
public record IntegrityInformation(int checksumAlgorithm, int flags) {
    public static final int CHECKSUM_TYPE_NONE = 0x0000;
    public static final int CHECKSUM_TYPE_CRC32 = 0x0001;
    public static final int CHECKSUM_TYPE_CRC64 = 0x0002;
    public static final int CHECKSUM_TYPE_UNCHANGED = 0xFFFF;

    public static final int CHECKSUM_ENFORCEMENT_OFF = 0x00000001;

    /** Bytes of the answer. */
    public static final int OUTPUT_BYTES = 16;

    /** Reads the input: INVALID_PARAMETER for algorithms and flags that there are not. */
    public static IntegrityInformation decode(WireReader in) {
        int algorithm = in.u16();
        in.skip(2); // Reserved
        int flags = in.i32();
        boolean known = algorithm <= CHECKSUM_TYPE_CRC64 || algorithm == CHECKSUM_TYPE_UNCHANGED;
        boolean contradicts = algorithm == CHECKSUM_TYPE_NONE && flags == CHECKSUM_ENFORCEMENT_OFF;
        if (!known || contradicts || (flags & ~CHECKSUM_ENFORCEMENT_OFF) != 0) {
            throw MalformedMessage.invalidParameter();
        }
        return new IntegrityInformation(algorithm, flags);
    }

    public void encode(WireWriter out) {
        out.u16(checksumAlgorithm);
        out.u16(0); // Reserved
        out.i32(flags);
    }

    /** Appends the answer; checksums are of whole clusters. */
    public void encodeOutput(int bytesPerCluster, WireWriter out) {
        encode(out);
        out.i32(bytesPerCluster); // ChecksumChunkSizeInBytes
        out.i32(bytesPerCluster); // ClusterSizeInBytes
    }
}
