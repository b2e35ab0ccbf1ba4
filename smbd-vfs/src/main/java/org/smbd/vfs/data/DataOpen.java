package org.smbd.vfs.data;

import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.LockOwner;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreFile;

/** An open as the controls need it: with the host's file behind it. MS-FSA 2.1.1.6 Per Open. */
public interface DataOpen extends FileOpen {
    /** What the opens of every local file service are. */
    static DataOpen of(FileOpen open) {
        return (DataOpen) open;
    }

    /** The host's file, or stream of a file. */
    StoreFile file();

    /** Which file it is an open of. */
    FileKey fileKey();

    /** Whether a lock in Open.Stream.ByteRangeLockList is in the way of a read or a write by {@code owner}. */
    boolean meetsLock(LockOwner owner, long offset, long length, boolean write);

    /** Where the host has it, relative to the share. */
    String hostPath();

    /**
     * The data of the file are about to change: nobody goes on to cache them, nor begins to, before {@link #endChange}.
     * MS-FSA 2.1.4.12 Algorithm to Check for an Oplock Break, case FS_CONTROL.
     */
    void beginChange();

    /** The change is visible to all. */
    void endChange();

    /** Makes a change of the data from its begin to its end. */
    default void change(Runnable change) {
        beginChange();
        try {
            change.run();
        } finally {
            endChange();
        }
    }

    /** Demands at least one of some rights: ACCESS_DENIED, MEDIA_WRITE_PROTECTED in a previous version. */
    default void requireAny(int rights) {
        if (!AccessMask.hasAny(grantedAccess(), rights)) {
            boolean stated = AccessMask.hasAny(statedAccess(), rights);
            throw (stated ? NtStatus.MEDIA_WRITE_PROTECTED : NtStatus.ACCESS_DENIED).exception();
        }
    }

    /** Demands an open of a data stream: {@code status} where it is a directory. */
    default void requireFile(NtStatus status) {
        if (isDirectory()) {
            throw status.exception();
        }
    }

    /** MS-FSA 2.1.4.10 Algorithm for Determining If a Range Access Conflicts with Byte-Range Locks. */
    default boolean isLocked(long offset, long length, boolean write) {
        return length > 0 && meetsLock(LockOwner.OPEN, offset, length, write);
    }

    /** Demands that no lock of another is in the way: FILE_LOCK_CONFLICT. */
    default void checkLocks(long offset, long length, boolean write) {
        if (isLocked(offset, length, write)) {
            throw NtStatus.FILE_LOCK_CONFLICT.exception();
        }
    }
}
