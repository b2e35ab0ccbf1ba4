package org.smbd.vfs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.FileTime;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** MS-FSA 2.1.5.15 Server Requests Setting of File Information, but for names: {@link RenameAlgorithm}. */
final class SetAlgorithms {
    private static final Logger LOG = LoggerFactory.getLogger(SetAlgorithms.class);

    /** The options that FileModeInformation may change. */
    private static final int MODE_SETTABLE = CreateOptions.WRITE_THROUGH
            | CreateOptions.SEQUENTIAL_ONLY
            | CreateOptions.SYNCHRONOUS_IO_ALERT
            | CreateOptions.SYNCHRONOUS_IO_NONALERT;

    private static final int MODE_VALID = LocalOpen.MODE_BITS & ~CreateOptions.DELETE_ON_CLOSE;

    /** MAXFILESIZE, which is that of NTFS. */
    private static final long FILE_SIZE_MAX = 0xFFF_FFFF_0000L;

    private final Share share;

    SetAlgorithms(Share share) {
        this.share = share;
    }

    /** 2.1.5.15.2 FileBasicInformation. */
    void basic(LocalOpen open, BasicInformation information) {
        require(open, AccessMask.FILE_WRITE_ATTRIBUTES);
        checkTime(information.creationTime());
        checkTime(information.lastAccessTime());
        checkTime(information.lastWriteTime());
        checkTime(information.changeTime());
        int wanted = information.fileAttributes();
        boolean wrongKind = FileAttributes.has(wanted, FileAttributes.DIRECTORY) && !open.isDirectory()
                || FileAttributes.has(wanted, FileAttributes.TEMPORARY) && open.isDirectory();
        if (wrongKind) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        StoreFile file = open.file();
        StoreStat stat = file.stat();
        DosAttributes kept = share.facts().kept(file, stat);
        long changeNow = kept.changeTime() != 0 ? kept.changeTime() : stat.changeTime();
        open.frozenTimes()
                .set(information, new FrozenTimes.Kept(stat.lastAccessTime(), stat.lastWriteTime(), changeNow));
        long accessTime = real(information.lastAccessTime());
        long writeTime = real(information.lastWriteTime());
        long creation = real(information.creationTime());
        int attributes = attributes(open, wanted, kept.attributes());
        boolean touches = accessTime != 0
                || writeTime != 0
                || creation != 0
                || real(information.changeTime()) != 0
                || attributes != kept.attributes();
        if (!touches) {
            return;
        }
        if (accessTime != 0 || writeTime != 0) {
            file.setTimes(accessTime, writeTime);
        }
        long creationBefore = kept.creationTime() != 0 ? kept.creationTime() : stat.creationTime();
        DosAttributes next = new DosAttributes(
                attributes,
                creation != 0 ? creation : creationBefore,
                open.frozenTimes().kept().changeTime());
        boolean same = attributes == kept.attributes() && creation == 0 && next.changeTime() == 0;
        if (!same) {
            share.facts().keep(file, next);
        }
        open.reportChange((attributes != kept.attributes() ? CompletionFilter.ATTRIBUTES : 0)
                | (creation != 0 ? CompletionFilter.CREATION : 0)
                | (accessTime != 0 ? CompletionFilter.LAST_ACCESS : 0)
                | (writeTime != 0 ? CompletionFilter.LAST_WRITE : 0));
    }

    /** The root keeps its HIDDEN and SYSTEM bits; 0 leaves all as they are. */
    private static int attributes(LocalOpen open, int wanted, int kept) {
        if (wanted == 0) {
            return kept;
        }
        int valid = open.path().isEmpty()
                ? FileAttributes.SETTABLE & ~(FileAttributes.HIDDEN | FileAttributes.SYSTEM)
                : FileAttributes.SETTABLE;
        return kept & ~valid | wanted & valid;
    }

    private static void checkTime(long time) {
        if (time < FileTime.THAW) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }

    private static long real(long time) {
        return time > 0 ? time : 0;
    }

    /** 2.1.5.15.4 FileEndOfFileInformation. */
    void endOfFile(LocalOpen open, long endOfFile) {
        requireFile(open);
        require(open, AccessMask.FILE_WRITE_DATA);
        if (endOfFile < 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        FileChange.ofSize(share, open, () -> open.file().truncate(endOfFile));
        putTimesBack(open);
        open.reportChange(CompletionFilter.SIZE | CompletionFilter.LAST_WRITE);
    }

    /** 2.1.5.15.1 FileAllocationInformation. */
    void allocation(LocalOpen open, long allocationSize) {
        requireFile(open);
        require(open, AccessMask.FILE_WRITE_DATA);
        if (allocationSize < 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (allocationSize > FILE_SIZE_MAX) {
            throw NtStatus.DISK_FULL.exception();
        }
        if (open.isDeletePending()) {
            return; // 2.1.5.15.1: nothing is done, and that is fine
        }
        long reserved = share.aligned(open, allocationSize);
        if (reserved < open.file().stat().size()) {
            FileChange.ofSize(share, open, () -> open.file().truncate(reserved));
        } else {
            FileChange.ofSize(share, open, () -> open.file().allocate(allocationSize));
        }
        open.node().setReservedBytes(reserved);
        putTimesBack(open);
        open.reportChange(CompletionFilter.SIZE);
    }

    /**
     * 2.1.5.15.15 FileValidDataLengthInformation. The host knows no data behind the valid ones: all up to the end of a
     * file is valid, so that there is nothing to move.
     */
    void validDataLength(LocalOpen open, long validDataLength) {
        require(open, AccessMask.FILE_WRITE_DATA);
        if (!Administrators.include(open.context())) {
            throw NtStatus.PRIVILEGE_NOT_HELD.exception();
        }
        requireFile(open);
        StoreStat stat = open.file().stat();
        int attributes = share.facts().kept(open.file(), stat).attributes();
        int special = FileAttributes.SPARSE_FILE | FileAttributes.COMPRESSED;
        if (validDataLength != stat.size() || (attributes & special) != 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }

    /** 2.1.5.15.3 FileDispositionInformation, 2.1.5.15.4 FileDispositionInformationEx. */
    void disposition(LocalOpen open, Disposition disposition) {
        require(open, AccessMask.DELETE);
        if (disposition.onClose() && !open.deleteOnClose()) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        if (disposition.delete()) {
            refuseToDelete(open, disposition.ignoreReadonly());
        }
        boolean posix = (disposition.posixSemantics() || open.isPosix())
                && open.stream().isEmpty(); // a stream is found by its name only
        if (disposition.onClose()) {
            open.setDeleteOnClose(disposition.delete(), posix);
        } else if (!open.location().isEmpty()) { // a name that is gone cannot be taken back
            open.node().markDeleted(open, disposition.delete(), posix);
        }
        if (disposition.delete() && open.isDirectory()) {
            share.changes().deletePending(open.location());
        }
    }

    private void refuseToDelete(LocalOpen open, boolean ignoreReadonly) {
        StoreStat stat = open.file().stat();
        int attributes = share.facts().kept(open.file(), stat).attributes();
        boolean ignores = ignoreReadonly && open.mayAny(AccessMask.FILE_WRITE_ATTRIBUTES);
        boolean readOnly = FileAttributes.has(attributes, FileAttributes.READONLY)
                && !ignores
                && !share.options().dos().deleteReadonly();
        if (readOnly || open.hostPath().isEmpty() && open.stream().isEmpty()) {
            throw NtStatus.CANNOT_DELETE.exception();
        }
        if (open.isDirectory() && !share.isEmpty(open)) {
            throw NtStatus.DIRECTORY_NOT_EMPTY.exception();
        }
    }

    /** 2.1.5.15.9 FileModeInformation. */
    void mode(LocalOpen open, int mode) {
        boolean both =
                CreateOptions.has(mode, CreateOptions.SYNCHRONOUS_IO_ALERT | CreateOptions.SYNCHRONOUS_IO_NONALERT);
        if ((mode & ~MODE_VALID) != 0 || both) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        open.setMode(open.mode() & ~MODE_SETTABLE | mode & MODE_SETTABLE);
    }

    /** 2.1.5.15.11 FilePositionInformation. */
    void position(LocalOpen open, long positionBytes) {
        if (positionBytes < 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        open.setPosition(positionBytes);
    }

    /**
     * Puts back, after an operation of {@code open}, the times that its client has set or frozen. The operation is
     * done: that a time could not be put back does not make it fail.
     */
    void putTimesBack(LocalOpen open) {
        FrozenTimes.Kept times = open.frozenTimes().kept();
        if (!times.isNone()) {
            putTimesBack(open, times);
        }
    }

    private void putTimesBack(LocalOpen open, FrozenTimes.Kept times) {
        try {
            StoreFile file = open.file();
            if (times.lastAccessTime() != 0 || times.lastWriteTime() != 0) {
                file.setTimes(times.lastAccessTime(), times.lastWriteTime());
            }
            if (times.changeTime() != 0) {
                DosAttributes kept = share.facts().kept(file, file.stat());
                share.facts().keep(file, kept.withChangeTime(times.changeTime()));
            }
        } catch (SmbException e) {
            LOG.debug("{}: times were not put back: {}", open.path(), e.status());
        }
    }

    /** The same after a read, which changes no time but the last access. */
    void putAccessTimeBack(LocalOpen open) {
        FrozenTimes.Kept times = open.frozenTimes().kept();
        if (times.lastAccessTime() != 0 && open.file().stat().lastAccessTime() != times.lastAccessTime()) {
            putTimesBack(open, new FrozenTimes.Kept(times.lastAccessTime(), 0, times.changeTime()));
        }
    }

    private static void require(LocalOpen open, int access) {
        if (!open.mayAny(access)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    private static void requireFile(LocalOpen open) {
        if (open.isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }
}
