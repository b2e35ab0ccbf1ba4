package org.smbd.vfs.access;

import org.smbd.core.file.AccessMask;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.StoreStat;

/**
 * The rights that owner, group and mode of a file stand for. The kernel has the last word on data and names when they
 * are used; this says what an open may promise.
 *
 * <p>Who may write a file may change its attributes and times, too; its owner may change who may do what. A file may be
 * deleted by who may write its directory; if that is sticky, only by the owner of one of the two.
 */
public final class PosixAccess {
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int EXECUTE = 1;
    private static final int STICKY = 01000;

    private static final int ALWAYS =
            AccessMask.READ_CONTROL | AccessMask.SYNCHRONIZE | AccessMask.FILE_READ_ATTRIBUTES;
    private static final int READING = AccessMask.FILE_READ_DATA | AccessMask.FILE_READ_EA;
    private static final int WRITING = AccessMask.FILE_WRITE_DATA
            | AccessMask.FILE_APPEND_DATA
            | AccessMask.FILE_WRITE_EA
            | AccessMask.FILE_WRITE_ATTRIBUTES;
    private static final int OWNING = AccessMask.WRITE_DAC | AccessMask.WRITE_OWNER | AccessMask.FILE_WRITE_ATTRIBUTES;

    private PosixAccess() {}

    /** Whether the kernel refuses nothing to {@code who}. */
    public static boolean mayAll(PosixIdentity who) {
        return who.uid() == 0;
    }

    /**
     * All rights that {@code who} has.
     *
     * @param file facts of the file
     * @param parent facts of its directory; the file itself if it is the root
     */
    public static int granted(PosixIdentity who, StoreStat file, StoreStat parent) {
        if (mayAll(who)) {
            return AccessMask.FILE_ALL_ACCESS;
        }
        int bits = bits(who, file);
        int granted = ALWAYS;
        granted |= (bits & READ) != 0 ? READING : 0;
        granted |= (bits & WRITE) != 0 ? WRITING : 0;
        granted |= (bits & EXECUTE) != 0 ? AccessMask.FILE_EXECUTE : 0;
        if (file.isDirectory() && (bits & WRITE) != 0 && (bits & EXECUTE) != 0) {
            granted |= AccessMask.FILE_DELETE_CHILD;
        }
        granted |= who.uid() == file.uid() ? OWNING : 0;
        granted |= mayDelete(who, file, parent) ? AccessMask.DELETE : 0;
        return granted;
    }

    private static boolean mayDelete(PosixIdentity who, StoreStat file, StoreStat parent) {
        boolean writes = (bits(who, parent) & (WRITE | EXECUTE)) == (WRITE | EXECUTE);
        boolean sticky = (parent.mode() & STICKY) != 0;
        return writes && (!sticky || who.uid() == file.uid() || who.uid() == parent.uid());
    }

    private static int bits(PosixIdentity who, StoreStat stat) {
        if (who.uid() == stat.uid()) {
            return stat.mode() >>> 6 & 7;
        }
        if (who.gid() == stat.gid()) {
            return stat.mode() >>> 3 & 7;
        }
        for (int group : who.groups()) {
            if (group == stat.gid()) {
                return stat.mode() >>> 3 & 7;
            }
        }
        return stat.mode() & 7;
    }
}
