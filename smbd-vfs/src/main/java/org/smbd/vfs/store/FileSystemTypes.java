package org.smbd.vfs.store;

import java.util.Map;
import java.util.Set;

/** The names of file systems by their magic number, see statfs(2). */
final class FileSystemTypes {
    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(0xEF53L, "ext4"),
            Map.entry(0x58465342L, "xfs"),
            Map.entry(0x9123683EL, "btrfs"),
            Map.entry(0x01021994L, "tmpfs"),
            Map.entry(0x2FC12FC1L, "zfs"),
            Map.entry(0xF2F52010L, "f2fs"),
            Map.entry(0xCA451A4EL, "bcachefs"),
            Map.entry(0x794C7630L, "overlay"),
            Map.entry(0x4D44L, "vfat"),
            Map.entry(0x2011BAB0L, "exfat"),
            Map.entry(0x5346544EL, "ntfs"),
            Map.entry(0x7366746EL, "ntfs3"),
            Map.entry(0x6969L, "nfs"),
            Map.entry(0xFF534D42L, "cifs"),
            Map.entry(0xFE534D42L, "smb2"),
            Map.entry(0x65735546L, "fuse"),
            Map.entry(0x01021997L, "9p"),
            Map.entry(0x00C36400L, "ceph"),
            Map.entry(0x01161970L, "gfs2"),
            Map.entry(0x7461636FL, "ocfs2"),
            Map.entry(0x5346414FL, "afs"));

    /** Other machines change files in them, and the kernel does not tell. */
    private static final Set<String> SHARED =
            Set.of("nfs", "cifs", "smb2", "fuse", "9p", "ceph", "gfs2", "ocfs2", "afs");

    private FileSystemTypes() {}

    static String name(long magic) {
        long unsigned = magic & 0xffffffffL;
        return NAMES.getOrDefault(unsigned, "0x" + Long.toHexString(unsigned));
    }

    /** Whether its files are memory and nothing else, so that reading them waits for no device. */
    static boolean isMemory(String name) {
        return name.equals("tmpfs");
    }

    /** Whether single files can be set to be compressed, with the inode flag of chattr(1). */
    static boolean compresses(String name) {
        return name.equals("btrfs");
    }

    /** Whether it keeps checksums of data, unless a file is set to be written in place. */
    static boolean checksums(String name) {
        return name.equals("btrfs");
    }

    /** Whether the kernel may not hear of all changes. */
    static boolean isShared(String name) {
        return SHARED.contains(name);
    }
}
