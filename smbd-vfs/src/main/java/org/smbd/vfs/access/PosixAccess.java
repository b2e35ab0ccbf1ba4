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

    public static boolean isOwner(PosixIdentity who, StoreStat file) {
        return who.uid() == file.uid();
    }

    /**
     * The rights that {@code who} has by the file itself; that to delete it is a matter of the directory.
     *
     * @param file facts of the file
     * @param bits its permission bits that hold for {@code who}: 4 read, 2 write, 1 execute
     */
    public static int rights(PosixIdentity who, StoreStat file, int bits) {
        int granted = ALWAYS;
        granted |= (bits & READ) != 0 ? READING : 0;
        granted |= (bits & WRITE) != 0 ? WRITING : 0;
        granted |= (bits & EXECUTE) != 0 ? AccessMask.FILE_EXECUTE : 0;
        if (file.isDirectory() && (bits & WRITE) != 0 && (bits & EXECUTE) != 0) {
            granted |= AccessMask.FILE_DELETE_CHILD;
        }
        return isOwner(who, file) ? granted | OWNING : granted;
    }

    /** Whether who may write {@code parent} may delete {@code file} in it. */
    public static boolean maySticky(PosixIdentity who, StoreStat file, StoreStat parent) {
        boolean sticky = (parent.mode() & STICKY) != 0;
        return !sticky || isOwner(who, file) || isOwner(who, parent);
    }
}
