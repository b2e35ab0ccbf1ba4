package org.smbd.vfs;

import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/** MS-FSA 2.1.5.15 Server Requests Setting of File Information, but for names: {@link RenameAlgorithm}. */
final class SetAlgorithms {
    /** The options that FileModeInformation may change. */
    private static final int MODE_SETTABLE = CreateOptions.WRITE_THROUGH
            | CreateOptions.SEQUENTIAL_ONLY
            | CreateOptions.SYNCHRONOUS_IO_ALERT
            | CreateOptions.SYNCHRONOUS_IO_NONALERT;

    private static final int MODE_VALID = LocalOpen.MODE_BITS & ~CreateOptions.DELETE_ON_CLOSE;

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
        StoreStat stat = open.file().stat();
        open.frozenTimes()
                .set(
                        information.lastAccessTime(),
                        information.lastWriteTime(),
                        stat.lastAccessTime(),
                        stat.lastWriteTime());
        setTimes(open, real(information.lastAccessTime()), real(information.lastWriteTime()));
        DosAttributes kept = share.facts().kept(open.file(), stat);
        int attributes = wanted == 0 ? kept.attributes() : wanted & FileAttributes.SETTABLE;
        long creation = real(information.creationTime());
        long change = real(information.changeTime());
        DosAttributes changed = new DosAttributes(
                attributes,
                creation != 0 ? creation : kept.creationTime() != 0 ? kept.creationTime() : stat.creationTime(),
                change != 0 ? change : information.changeTime() == FileTime.FREEZE ? stat.changeTime() : 0);
        boolean keep = attributes != kept.attributes() || creation != 0 || changed.changeTime() != 0;
        if (keep) {
            keepAs(open, changed);
        }
    }

    private static void checkTime(long time) {
        if (time < FileTime.THAW) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }

    private static long real(long time) {
        return time > 0 ? time : 0;
    }

    /** The kernel lets only the owner set times; Windows and {@code dos filetimes} everybody who may write attributes. */
    private void setTimes(LocalOpen open, long lastAccessTime, long lastWriteTime) {
        if (lastAccessTime == 0 && lastWriteTime == 0) {
            return;
        }
        try {
            open.file().setTimes(lastAccessTime, lastWriteTime);
        } catch (SmbException refused) {
            withDaemon(open, refused, file -> file.setTimes(lastAccessTime, lastWriteTime));
        }
    }

    private void keepAs(LocalOpen open, DosAttributes attributes) {
        try {
            share.facts().keep(open.file(), attributes);
        } catch (SmbException refused) {
            withDaemon(open, refused, file -> share.facts().keep(file, attributes));
        }
    }

    /** Does as root what the open has the right to do and the kernel refused to its user. */
    private void withDaemon(LocalOpen open, SmbException refused, java.util.function.Consumer<StoreFile> action) {
        if (refused.status() != NtStatus.ACCESS_DENIED
                || !share.volume().capabilities().identity()) {
            throw refused;
        }
        try (StoreFile file = share.volume().open(PosixIdentity.ROOT, open.hostPath(), StoreAccess.METADATA)) {
            if (!file.stat().key().equals(open.node().key())) {
                throw refused;
            }
            action.accept(file);
        }
    }

    /** 2.1.5.15.4 FileEndOfFileInformation. */
    void endOfFile(LocalOpen open, long endOfFile) {
        requireFile(open);
        require(open, AccessMask.FILE_WRITE_DATA);
        if (endOfFile < 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        open.file().truncate(endOfFile);
        restoreTimes(open);
    }

    /** 2.1.5.15.1 FileAllocationInformation. */
    void allocation(LocalOpen open, long allocationSize) {
        requireFile(open);
        require(open, AccessMask.FILE_WRITE_DATA);
        if (allocationSize < 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (allocationSize < open.file().stat().size()) {
            open.file().truncate(allocationSize);
            restoreTimes(open);
        } else {
            open.file().allocate(allocationSize);
        }
    }

    /** 2.1.5.15.3 FileDispositionInformation. */
    void disposition(LocalOpen open, boolean deletePending) {
        require(open, AccessMask.DELETE);
        if (deletePending) {
            StoreStat stat = open.file().stat();
            int attributes = share.facts().kept(open.file(), stat).attributes();
            if (FileAttributes.has(attributes, FileAttributes.READONLY)
                    || open.hostPath().isEmpty()) {
                throw NtStatus.CANNOT_DELETE.exception();
            }
            if (open.isDirectory() && !isEmpty(open)) {
                throw NtStatus.DIRECTORY_NOT_EMPTY.exception();
            }
        }
        open.node().markDeleted(open, deletePending);
    }

    private boolean isEmpty(LocalOpen open) {
        boolean[] empty = {true};
        try (StoreFile directory = share.volume().open(open.who(), open.hostPath(), StoreAccess.READ)) {
            share.volume().list(directory, (name, type) -> {
                empty[0] = false;
                return false;
            });
        }
        return empty[0];
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

    /** Puts back the times that this open's own writes must leave alone. */
    static void restoreTimes(LocalOpen open) {
        long lastWriteTime = open.frozenTimes().lastWriteTime();
        if (lastWriteTime != 0) {
            open.file().setTimes(0, lastWriteTime);
        }
    }

    private static void require(LocalOpen open, int access) {
        if (!AccessMask.has(open.grantedAccess(), access)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    private static void requireFile(LocalOpen open) {
        if (open.isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }
}
