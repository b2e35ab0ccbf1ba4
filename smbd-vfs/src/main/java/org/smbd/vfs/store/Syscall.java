package org.smbd.vfs.store;

import com.sun.jna.Platform;

/** The system calls in use, with their numbers on the two machines that smbd knows. */
enum Syscall {
    READ(0, 63),
    CLOSE(3, 57),
    LSEEK(8, 62),
    IOCTL(16, 29),
    PREAD64(17, 67),
    PWRITE64(18, 68),
    FCNTL(72, 25),
    FSYNC(74, 82),
    FDATASYNC(75, 83),
    FTRUNCATE(77, 46),
    FCHMOD(91, 52),
    GETEUID(107, 175),
    GETEGID(108, 177),
    GETGROUPS(115, 158),
    SETGROUPS(116, 159),
    SETFSUID(122, 151),
    SETFSGID(123, 152),
    CAPGET(125, 90),
    CAPSET(126, 91),
    FSTATFS(138, 44),
    SETXATTR(188, 5),
    GETXATTR(191, 8),
    FGETXATTR(193, 10),
    LISTXATTR(194, 11),
    REMOVEXATTR(197, 14),
    GETDENTS64(217, 61),
    INOTIFY_ADD_WATCH(254, 27),
    INOTIFY_RM_WATCH(255, 28),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    FCHOWNAT(260, 54),
    UNLINKAT(263, 35),
    LINKAT(265, 37),
    SYMLINKAT(266, 36),
    READLINKAT(267, 78),
    FCHMODAT(268, 53),
    PPOLL(271, 73),
    UTIMENSAT(280, 88),
    FALLOCATE(285, 47),
    INOTIFY_INIT1(294, 26),
    RENAMEAT2(316, 276),
    COPY_FILE_RANGE(326, 285),
    PREADV2(327, 286),
    STATX(332, 291),
    OPENAT2(437, 437),
    QUOTACTL_FD(443, 443);

    /** Whether this machine is one of the two. */
    static final boolean KNOWN_MACHINE =
            Platform.isLinux() && Platform.is64Bit() && (Platform.isIntel() || Platform.isARM());

    /** The number on this machine. */
    final long number;

    Syscall(int x86, int aarch64) {
        this.number = Platform.isARM() ? aarch64 : x86;
    }
}
