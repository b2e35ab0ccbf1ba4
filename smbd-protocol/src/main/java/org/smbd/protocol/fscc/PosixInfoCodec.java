package org.smbd.protocol.fscc;

import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.WireWriter;

/**
 * What information class 100 shows of a file: the POSIX extensions of SMB 3.1.1, which no Microsoft document describes.
 *
 * <pre>
 * 4 times, EndOfFile, AllocationSize, DosAttributes, Inode (8), DeviceId, Zero,
 *   HardLinks, ReparseTag, Mode, owner SID, group SID
 * </pre>
 */
final class PosixInfoCodec {
    /** Both SIDs have two parts: S-1-22-1-uid, S-1-22-2-gid. */
    private static final int SIDS_BYTES = 2 * 16;

    /** Bytes of it all. */
    static final int SIZE_BYTES = 80 + SIDS_BYTES;

    private PosixInfoCodec() {}

    static void encode(PosixMetadata posix, WireWriter out) {
        FileMetadata metadata = posix.metadata();
        out.i64(metadata.creationTime()); // CreationTime
        out.i64(metadata.lastAccessTime()); // LastAccessTime
        out.i64(metadata.lastWriteTime()); // LastWriteTime
        out.i64(metadata.changeTime()); // ChangeTime
        out.i64(metadata.endOfFile()); // EndOfFile
        out.i64(metadata.allocationSize()); // AllocationSize
        out.i32(metadata.attributes()); // DosAttributes
        out.i64(posix.inode()); // Inode
        out.i32(posix.deviceId()); // DeviceId
        out.i32(0); // Zero
        out.i32(posix.numberOfLinks()); // HardLinks
        out.i32(metadata.reparseTag()); // ReparseTag
        out.i32(posix.wireMode()); // Mode
        SidCodec.encode(Sid.unixUser(posix.uid()), out);
        SidCodec.encode(Sid.unixGroup(posix.gid()), out);
    }
}
