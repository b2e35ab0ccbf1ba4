package org.smbd.vfs;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.vfs.data.FsControls;
import org.smbd.vfs.oplock.Acknowledged;
import org.smbd.vfs.oplock.BreakClock;
import org.smbd.vfs.oplock.LeaseKey;
import org.smbd.vfs.oplock.OplockTable;
import org.smbd.vfs.quota.VolumeQuotas;
import org.smbd.vfs.security.DescriptorUpdate;

/**
 * The file operations of one share: MS-FSA 2.1.5 Higher-Layer Triggered Events, for every dialect alike.
 *
 * <p>Methods block on the disk: never call them on an event loop. They may be called from many threads at once, for one
 * {@link FileOpen} too. Wrong input and refused access throw {@link org.smbd.core.status.SmbException}; the frequent
 * failures of {@link #open} come back as {@link Outcome.Fail}.
 */
public interface FileService extends AutoCloseable {
    /** 2.1.5.1 Server Requests an Open of a File. */
    Outcome<OpenResult> open(OpenRequest request);

    /**
     * 2.1.5.3 Server Requests a Read: fills {@code target} from {@code offset}, up to its limit or the end of the file.
     *
     * @return the count of bytes read; 0 at or behind the end of the file
     */
    int read(FileOpen open, long offset, ByteBuffer target, LockOwner owner);

    /**
     * 2.1.5.4 Server Requests a Write: writes all that remains in {@code source}, or throws.
     *
     * @param offset in bytes, or {@link #END_OF_FILE_OFFSET} to append
     * @param writeThrough data must be on stable storage before this returns
     * @return the count of bytes written
     */
    int write(FileOpen open, long offset, ByteBuffer source, boolean writeThrough, LockOwner owner);

    /** The offset that means: at the end of the file. MS-FSA 2.1.5.4. */
    long END_OF_FILE_OFFSET = -1;

    /** 2.1.5.5 Server Requests Closing an Open; runs delete-on-close. Idempotent. */
    void close(FileOpen open);

    /**
     * As {@link #read}, but never waits for a device.
     *
     * @return -1 if it would have to, or may have to: nothing was done
     */
    default int readNow(FileOpen open, long offset, ByteBuffer target, LockOwner owner) {
        return -1;
    }

    /**
     * 2.1.5.6 Server Requests Querying a Directory: hands entries to {@code sink} until it refuses one, and goes on
     * with that one at the next call.
     *
     * @param pattern the search pattern of the request; only the first query of an open, or a restart, sets it
     * @return SUCCESS, or NO_SUCH_FILE (first query finds nothing), NO_MORE_FILES; BUFFER_OVERFLOW if the sink refused
     *     the very first entry
     */
    NtStatus queryDirectory(FileOpen open, String pattern, DirectoryQueryMode mode, DirectorySink sink);

    /** 2.1.5.7 Server Requests Flushing Cached Data: data and name are on stable storage when it returns. */
    void flush(FileOpen open);

    /** 2.1.5.8, 2.1.5.9 Server Requests a Byte-Range Lock, an Unlock: all elements or none. */
    Outcome<Void> lock(FileOpen open, List<ByteRange> ranges, LockOwner owner);

    /** 2.1.5.12 Server Requests a Query of File Information: what most classes answer from. */
    FileMetadata queryMetadata(FileOpen open);

    /** What POSIX clients see of a file. NOT_SUPPORTED where there is no such thing. */
    default PosixMetadata queryPosix(FileOpen open) {
        throw NtStatus.NOT_SUPPORTED.exception();
    }

    /** 2.1.5.12.4 FileAlternateNameInformation: the 8.3 name; empty where the file has none. */
    default Optional<String> queryShortName(FileOpen open) {
        return Optional.empty();
    }

    /** 2.1.5.12.28 FileStreamInformation: the default stream, too. */
    List<StreamFacts> queryStreams(FileOpen open);

    /**
     * 2.1.5.12.12 FileFullEaInformation: all of them, in an order that stays while nobody changes them;
     * EAS_NOT_SUPPORTED where there are none ever.
     */
    List<ExtendedAttribute> queryExtendedAttributes(FileOpen open);

    /** 2.1.5.15.6 FileFullEaInformation: sets or, where the value is empty, removes; all or none. */
    void setExtendedAttributes(FileOpen open, List<ExtendedAttribute> changes);

    /** 2.1.5.13 Server Requests a Query of File System Information, of the file system that holds this very open. */
    VolumeFacts queryVolume(FileOpen open);

    /**
     * 2.1.5.21, 2.1.5.22 Server Requests Querying, Setting Quota Information of the file system that holds this very
     * open; valid while it is open.
     *
     * @throws org.smbd.core.status.SmbException ACCESS_DENIED to whoever is neither the superuser nor an
     *     administrator
     */
    default VolumeQuotas quotas(FileOpen open) {
        throw NtStatus.NOT_SUPPORTED.exception();
    }

    /** The most that the opener of {@code open} could be granted; MS-SMB2 3.3.5.9.5 MxAc. */
    default int maximalAccess(FileOpen open) {
        return maximalAccess(open, open.context());
    }

    /** The most that somebody could be granted who opened what {@code open} is an open of. */
    int maximalAccess(FileOpen open, SecurityContext context);

    /**
     * 2.1.5.15.2 FileBasicInformation. Times as {@link org.smbd.core.type.FileTime} with its special values; attributes
     * 0 leaves them.
     */
    void setBasic(FileOpen open, BasicInformation information);

    /**
     * 2.1.4.12 Algorithm to Check for an Oplock Break: has others give up handles that they only cache, before
     * {@link #rename}, {@link #link}, {@link #setDisposition} or {@link #setSecurity}.
     *
     * @return {@link Outcome.Wait} until they have: then it is to be asked again
     */
    Outcome<Void> prepare(FileOpen open, NameChange change);

    /** 2.1.5.19 Server Acknowledges an Oplock Break, of a lease; see {@link OplockTable#acknowledge}. */
    Outcome<Acknowledged> acknowledgeLease(LeaseKey key, int state);

    /** Has breaks of this service time out, and who waits for them go on, by the clock and the threads of a server. */
    void attach(BreakClock clock, Duration breakTimeout);

    /**
     * 2.1.5.14 Server Requests a Query of Security Information.
     *
     * @param parts a set of the SECURITY_INFORMATION constants of {@link SecurityDescriptor}
     */
    SecurityDescriptor querySecurity(FileOpen open, int parts);

    /** 2.1.5.17 Server Requests Setting of Security Information. */
    void setSecurity(FileOpen open, DescriptorUpdate update);

    /** 2.1.5.15.4 FileEndOfFileInformation; {@code endOfFile} in bytes. */
    void setEndOfFile(FileOpen open, long endOfFile);

    /** 2.1.5.15.1 FileAllocationInformation; {@code allocationSize} in bytes. */
    void setAllocation(FileOpen open, long allocationSize);

    /** 2.1.5.15.15 FileValidDataLengthInformation; {@code validDataLength} in bytes. */
    void setValidDataLength(FileOpen open, long validDataLength);

    /** 2.1.5.15.14 FileShortNameInformation; an empty name stands for none. */
    void setShortName(FileOpen open, String name);

    /** 2.1.5.15.3 FileDispositionInformation, 2.1.5.15.4 FileDispositionInformationEx. */
    void setDisposition(FileOpen open, Disposition disposition);

    /** As above, in the older form. */
    default void setDisposition(FileOpen open, boolean deletePending) {
        setDisposition(open, deletePending ? Disposition.DELETE : Disposition.KEEP);
    }

    /** 2.1.5.15.12 FileRenameInformation; {@code newPath} relative to the share, with backslashes. */
    void rename(FileOpen open, String newPath, RenameOptions options);

    /** As above, in the older form. */
    default void rename(FileOpen open, String newPath, boolean replaceIfExists) {
        rename(open, newPath, replaceIfExists ? RenameOptions.REPLACING : RenameOptions.WITHOUT_REPLACING);
    }

    /** 2.1.5.15.7 FileLinkInformation. */
    void link(FileOpen open, String newPath, boolean replaceIfExists);

    /** 2.1.5.15.9 FileModeInformation: replaces the settable mode bits. */
    void setMode(FileOpen open, int mode);

    /** 2.1.5.15.11 FilePositionInformation; {@code positionBytes} must not be negative. */
    void setPosition(FileOpen open, long positionBytes);

    /**
     * 2.1.5.11 Server Requests Change Notifications for a Directory: {@link Outcome.Wait} that a change, a cancel or
     * the close of {@code open} completes (NOTIFY_CLEANUP).
     */
    Outcome<List<ChangeNotification>> notifyChange(
            FileOpen open, int completionFilter, boolean watchTree, int outputBytesMax);

    /** The symbolic link because of which an open was refused with STOPPED_ON_SYMLINK; empty if it has gone. */
    default Optional<LinkStop> stoppedAt(OpenRequest request) {
        return Optional.empty();
    }

    /** 2.1.5.10 Server Requests an FsControl Request: NOT_SUPPORTED where the files are no local ones. */
    default FsControls controls() {
        throw NtStatus.NOT_SUPPORTED.exception();
    }

    /**
     * When previous versions of the share were made, newest first, in FILETIME ticks. MS-SMB2 3.3.5.15.1 Handling an
     * Enumeration of Previous Versions Request.
     */
    default List<Long> snapshotTimes() {
        return List.of();
    }

    /**
     * The share as it was: MS-SMB2 3.3.5.9.4 Handling the SMB2_CREATE_TIMEWARP_TOKEN Create Context. Its opens belong
     * to the service that is returned, which is closed with this one.
     *
     * @param snapshotTime one of {@link #snapshotTimes}
     * @return empty if there is no such version
     */
    default Optional<FileService> at(long snapshotTime) {
        return Optional.empty();
    }

    /** Releases what the share holds, as soon as its last open is closed; there are no new ones from now on. */
    @Override
    void close();
}
