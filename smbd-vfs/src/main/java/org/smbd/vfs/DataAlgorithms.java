package org.smbd.vfs;

import java.nio.ByteBuffer;
import java.util.List;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.notify.CompletionFilter;

/** What is done to the data of files: MS-FSA 2.1.5.3 to 2.1.5.9, with the byte-range locks that guard them. */
final class DataAlgorithms {
    /** MS-FSA 2.1.5.4: MAXFILESIZE, which is that of NTFS. */
    private static final long FILE_SIZE_MAX = 0xFFF_FFFF_0000L;

    private static final int READ_BITS = AccessMask.FILE_READ_DATA | AccessMask.FILE_EXECUTE;
    private static final int WRITE_BITS = AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA;

    private final Share share;
    private final SetAlgorithms setter;

    DataAlgorithms(Share share, SetAlgorithms setter) {
        this.share = share;
        this.setter = setter;
    }

    /** 2.1.5.3 Server Requests a Read. */
    int read(LocalOpen open, long offset, ByteBuffer target, LockOwner owner) {
        int length = checkedLength(open, offset, target, owner);
        if (length == 0) {
            return 0;
        }
        int count = open.file().read(target, offset);
        open.setPosition(offset + count);
        setter.putAccessTimeBack(open);
        return count;
    }

    /** The same without blocking; -1 where that cannot be. */
    int readNow(LocalOpen open, long offset, ByteBuffer target, LockOwner owner) {
        int length = checkedLength(open, offset, target, owner);
        if (length == 0 || open.frozenTimes().kept().lastAccessTime() != 0) {
            return length == 0 ? 0 : -1;
        }
        int count = open.file().readNow(target, offset);
        if (count >= 0) {
            open.setPosition(offset + count);
        }
        return count;
    }

    /** How much is to be read, if that is allowed. */
    private static int checkedLength(LocalOpen open, long offset, ByteBuffer target, LockOwner owner) {
        if (open.isDirectory()) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        if (!open.mayAny(READ_BITS)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (offset < 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        int length = target.remaining();
        if (length != 0 && open.meetsLock(owner, offset, length, false)) {
            throw NtStatus.FILE_LOCK_CONFLICT.exception();
        }
        return length;
    }

    /** 2.1.5.4 Server Requests a Write. */
    int write(LocalOpen open, long offset, ByteBuffer source, boolean writeThrough, LockOwner owner) {
        if (open.isDirectory()) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        if (!open.mayAny(WRITE_BITS)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        boolean append = offset == FileService.END_OF_FILE_OFFSET || !open.mayAny(AccessMask.FILE_WRITE_DATA);
        int length = source.remaining();
        if (!append && (offset < 0 || offset > Long.MAX_VALUE - length)) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (length == 0) {
            return 0;
        }
        open.setModified();
        int count =
                FileChange.of(open, () -> append ? append(open, source, owner) : writeAt(open, offset, source, owner));
        afterWrite(open, writeThrough);
        return count;
    }

    /** What follows a change of data: times, notifications, and the disk where that is wanted. */
    void afterWrite(LocalOpen open, boolean writeThrough) {
        setter.putTimesBack(open);
        open.reportChange(CompletionFilter.SIZE | CompletionFilter.LAST_WRITE);
        boolean through =
                (writeThrough || open.isWriteThrough()) && share.options().strictSync();
        if (through || share.options().syncAlways()) {
            open.file().sync(false);
            share.dirtyNames().settleAbove(open.who(), open.hostPath());
        }
    }

    /** Two appends at once must not find the same end. */
    private static int append(LocalOpen open, ByteBuffer source, LockOwner owner) {
        open.node().appends().lock();
        try {
            return writeAt(open, open.file().stat().size(), source, owner);
        } finally {
            open.node().appends().unlock();
        }
    }

    private static int writeAt(LocalOpen open, long start, ByteBuffer source, LockOwner owner) {
        int length = source.remaining();
        if (start > FILE_SIZE_MAX - length) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (open.meetsLock(owner, start, length, true)) {
            throw NtStatus.FILE_LOCK_CONFLICT.exception();
        }
        int count = open.file().write(source, start);
        open.setPosition(start + count);
        return count;
    }

    /** 2.1.5.7 Server Requests Flushing Cached Data. */
    void flush(LocalOpen open) {
        if (!open.mayAny(WRITE_BITS)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (!share.options().strictSync()) {
            return;
        }
        if (open.isDirectory()) {
            share.volume().syncDirectory(open.who(), open.hostPath());
        } else {
            open.file().sync(true);
        }
        share.dirtyNames().settleAbove(open.who(), open.hostPath());
    }

    /** 2.1.5.8 Server Requests a Byte-Range Lock, 2.1.5.9 Server Requests an Unlock of a Byte-Range. */
    Outcome<Void> lock(LocalOpen open, List<ByteRange> ranges, LockOwner owner) {
        if (open.isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        open.showLocks();
        boolean unlock = !ranges.isEmpty() && ranges.get(0).action() == ByteRange.Action.UNLOCK;
        if (!unlock && !open.mayAny(READ_BITS | WRITE_BITS)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (!share.options().locking().kept()) {
            return new Outcome.Done<>(null);
        }
        if (unlock) {
            return open.node().locks().unlock(open, owner.id(), ranges);
        }
        return FileChange.of(open, () -> open.node().locks().lock(open, owner.id(), ranges));
    }
}
