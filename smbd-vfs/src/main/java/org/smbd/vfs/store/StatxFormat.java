package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import org.smbd.core.type.FileTime;

/** Reads {@code struct statx} and {@code struct statfs} of Linux. */
final class StatxFormat {
    private static final int STATX_BTIME = 0x800;
    private static final long STATX_ATTR_COMPRESSED = 0x4;
    private static final int TYPE_MASK = 0170000;
    private static final int SECTOR_BYTES = 512;
    private static final int ST_RDONLY = 1;

    private StatxFormat() {}

    /** Facts from {@code struct statx}. */
    static StoreStat stat(ByteBuffer in) {
        int mode = Short.toUnsignedInt(in.getShort(28));
        long access = time(in, 64);
        long change = time(in, 96);
        long write = time(in, 112);
        boolean hasBirth = (in.getInt(0) & STATX_BTIME) != 0;
        long birth = hasBirth ? time(in, 80) : Math.min(access, Math.min(change, write));
        long device = Integer.toUnsignedLong(in.getInt(136)) << 32 | Integer.toUnsignedLong(in.getInt(140));
        return new StoreStat(
                new FileKey(device, in.getLong(32)),
                type(mode),
                mode & ~TYPE_MASK,
                in.getInt(20),
                in.getInt(24),
                in.getInt(16),
                in.getLong(40),
                in.getLong(48) * SECTOR_BYTES,
                access,
                write,
                change,
                birth,
                (in.getLong(8) & STATX_ATTR_COMPRESSED) != 0,
                Integer.toUnsignedLong(in.getInt(128)) << 32 | Integer.toUnsignedLong(in.getInt(132)));
    }

    private static long time(ByteBuffer in, int at) {
        return FileTime.ofUnix(in.getLong(at), in.getInt(at + 8));
    }

    private static StoreStat.Type type(int mode) {
        return switch (mode & TYPE_MASK) {
            case 0100000 -> StoreStat.Type.FILE;
            case 0040000 -> StoreStat.Type.DIRECTORY;
            case 0120000 -> StoreStat.Type.SYMBOLIC_LINK;
            case 0010000 -> StoreStat.Type.FIFO;
            case 0140000 -> StoreStat.Type.SOCKET;
            case 0020000 -> StoreStat.Type.CHARACTER_DEVICE;
            case 0060000 -> StoreStat.Type.BLOCK_DEVICE;
            default -> StoreStat.Type.OTHER;
        };
    }

    /** Space from {@code struct statfs}. */
    static StoreSpace space(ByteBuffer in) {
        long fragmentBytes = in.getLong(72);
        return new StoreSpace(
                FileSystemTypes.name(in.getLong(0)),
                fragmentBytes > 0 ? fragmentBytes : in.getLong(8),
                in.getLong(16),
                in.getLong(24),
                in.getLong(32),
                (int) in.getLong(64),
                (in.getLong(80) & ST_RDONLY) != 0,
                in.getLong(40),
                in.getLong(48));
    }
}
