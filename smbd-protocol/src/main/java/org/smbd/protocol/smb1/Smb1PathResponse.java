package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.core.file.FileMetadata;
import org.smbd.protocol.wire.WireWriter;

/** Responses to requests about names and volumes. */
public sealed interface Smb1PathResponse extends Smb1Response {
    /**
     * MS-CIFS 2.2.4.9.2 SMB_COM_QUERY_INFORMATION Response.
     *
     * @param lastWriteTime in seconds of the server's local time since 1970
     */
    record QueryInformation(FileMetadata metadata, int lastWriteTime) implements Smb1PathResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(metadata.attributes() & Smb1OpenResponse.DOS_ATTRIBUTES); // FileAttributes
            out.i32(lastWriteTime); // LastWriteTime
            out.i32((int) Math.min(metadata.endOfFile(), 0xFFFF_FFFFL)); // FileSize
            out.zeros(10); // Reserved
        }
    }

    /** MS-CIFS 2.2.4.31.2 SMB_COM_QUERY_INFORMATION2 Response. */
    record QueryInformation2(FileMetadata metadata, DosTime time) implements Smb1PathResponse {
        @Override
        public void words(WireWriter out) {
            out.i32(time.toPacked(metadata.creationTime())); // CreateDate, CreationTime
            out.i32(time.toPacked(metadata.lastAccessTime())); // LastAccessDate, LastAccessTime
            out.i32(time.toPacked(metadata.lastWriteTime())); // LastWriteDate, LastWriteTime
            out.i32((int) Math.min(metadata.endOfFile(), 0xFFFF_FFFFL)); // FileDataSize
            out.i32((int) Math.min(metadata.allocationSize(), 0xFFFF_FFFFL)); // FileAllocationSize
            out.u16(metadata.attributes() & Smb1OpenResponse.DOS_ATTRIBUTES); // FileAttributes
        }
    }

    /** MS-CIFS 2.2.4.57.2 SMB_COM_QUERY_INFORMATION_DISK Response: counts that fit 16 bits. */
    record QueryInformationDisk(int totalUnits, int blocksPerUnit, int blockSize, int freeUnits)
            implements Smb1PathResponse {
        private static final int COUNT_MAX = 0xFFFF;

        /** Doubles the units until their number can be said; a larger disk is shown as the largest that can. */
        public static QueryInformationDisk of(long totalUnits, long freeUnits, int sectorsPerUnit, int bytesPerSector) {
            long total = totalUnits;
            long free = freeUnits;
            long blocks = sectorsPerUnit;
            while ((total > COUNT_MAX || free > COUNT_MAX) && blocks < COUNT_MAX / 2) {
                total /= 2;
                free /= 2;
                blocks *= 2;
            }
            return new QueryInformationDisk(
                    (int) Math.min(total, COUNT_MAX), (int) Math.min(blocks, COUNT_MAX), bytesPerSector, (int)
                            Math.min(free, COUNT_MAX));
        }

        @Override
        public void words(WireWriter out) {
            out.u16(totalUnits); // TotalUnits
            out.u16(blocksPerUnit); // BlocksPerUnit
            out.u16(blockSize); // BlockSize
            out.u16(freeUnits); // FreeUnits
            out.u16(0); // Reserved
        }
    }

    /**
     * MS-CIFS 2.2.4.58.2 SMB_COM_SEARCH Response.
     *
     * @param count of entries
     * @param entries of 43 bytes each; borrowed
     */
    record Search(int count, ByteBuf entries) implements Smb1PathResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(count); // Count
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            out.u8(0x05); // BufferFormat
            out.u16(entries.readableBytes()); // DataLength
            out.bytes(entries);
        }
    }
}
