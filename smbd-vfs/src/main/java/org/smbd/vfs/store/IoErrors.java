package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;

/**
 * From errors of the host to NT status codes: the one table.
 *
 * <p>java.nio hides errno behind classes and, for most errors, behind a message; so its errors take a detour over
 * errno.
 */
final class IoErrors {
    private static final Logger LOG = LoggerFactory.getLogger(IoErrors.class);

    /** What the C library's messages start with, for the errors that java.nio has no class for. */
    private static final Map<String, Integer> ERRNO_BY_MESSAGE = Map.ofEntries(
            Map.entry("no space left", Errno.ENOSPC),
            Map.entry("out of disk space", Errno.ENOSPC),
            Map.entry("disk quota exceeded", Errno.EDQUOT),
            Map.entry("read-only file system", Errno.EROFS),
            Map.entry("file name too long", Errno.ENAMETOOLONG),
            Map.entry("not a directory", Errno.ENOTDIR),
            Map.entry("is a directory", Errno.EISDIR),
            Map.entry("too many open files", Errno.EMFILE),
            Map.entry("too many levels of symbolic links", Errno.ELOOP),
            Map.entry("operation not permitted", Errno.EPERM),
            Map.entry("invalid argument", Errno.EINVAL),
            Map.entry("file too large", Errno.EFBIG),
            Map.entry("too many links", Errno.EMLINK),
            Map.entry("invalid cross-device link", Errno.EXDEV),
            Map.entry("text file busy", Errno.ETXTBSY),
            Map.entry("operation not supported", Errno.EOPNOTSUPP),
            Map.entry("argument list too long", Errno.E2BIG),
            Map.entry("numerical result out of range", Errno.ERANGE),
            Map.entry("stale file handle", Errno.ESTALE),
            Map.entry("input/output error", Errno.EIO));

    private IoErrors() {}

    /** The status for an error number. */
    static NtStatus ofErrno(int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES -> NtStatus.ACCESS_DENIED;
            case Errno.ENOENT -> NtStatus.OBJECT_NAME_NOT_FOUND;
            case Errno.ENOTDIR, Errno.ELOOP -> NtStatus.OBJECT_PATH_NOT_FOUND;
            case Errno.EEXIST -> NtStatus.OBJECT_NAME_COLLISION;
            case Errno.ENOTEMPTY -> NtStatus.DIRECTORY_NOT_EMPTY;
            case Errno.EISDIR -> NtStatus.FILE_IS_A_DIRECTORY;
            case Errno.ENAMETOOLONG, Errno.EILSEQ -> NtStatus.OBJECT_NAME_INVALID;
            case Errno.EXDEV -> NtStatus.NOT_SAME_DEVICE;
            case Errno.ENOSPC -> NtStatus.DISK_FULL;
            case Errno.EDQUOT -> NtStatus.DISK_QUOTA_EXCEEDED;
            case Errno.EFBIG -> NtStatus.FILE_SYSTEM_LIMITATION;
            case Errno.EROFS -> NtStatus.MEDIA_WRITE_PROTECTED;
            case Errno.EMLINK -> NtStatus.TOO_MANY_LINKS;
            case Errno.EMFILE, Errno.ENFILE -> NtStatus.TOO_MANY_OPENED_FILES;
            case Errno.ENOMEM, Errno.EAGAIN -> NtStatus.INSUFFICIENT_RESOURCES;
            case Errno.ETXTBSY, Errno.EBUSY -> NtStatus.SHARING_VIOLATION;
            case Errno.EINVAL -> NtStatus.INVALID_PARAMETER;
            case Errno.EBADF -> NtStatus.INVALID_HANDLE;
            case Errno.ESTALE -> NtStatus.FILE_CLOSED;
            case Errno.ENXIO, Errno.ENODEV -> NtStatus.NO_SUCH_DEVICE;
            case Errno.EOPNOTSUPP, Errno.ENOSYS -> NtStatus.NOT_SUPPORTED;
            case Errno.ETIMEDOUT -> NtStatus.IO_TIMEOUT;
            default -> NtStatus.UNEXPECTED_IO_ERROR;
        };
    }

    /** The exception to throw for an error number; what hints at a broken host is logged with its operation. */
    static SmbException failure(String operation, String path, int errno) {
        NtStatus status = ofErrno(errno);
        if (status == NtStatus.UNEXPECTED_IO_ERROR || status == NtStatus.TOO_MANY_OPENED_FILES) {
            LOG.error("{} of \"{}\" failed: errno {}, {}", operation, path, errno, status);
        } else {
            LOG.debug("{} of \"{}\" failed: errno {}, {}", operation, path, errno, status);
        }
        return status.exception();
    }

    /** The exception to throw for a failure of java.nio. */
    static SmbException failure(String operation, String path, IOException error) {
        return failure(operation, path, errno(error));
    }

    /** The error number behind a failure of java.nio. */
    static int errno(IOException error) {
        if (error instanceof NoSuchFileException) {
            return Errno.ENOENT;
        } else if (error instanceof FileAlreadyExistsException) {
            return Errno.EEXIST;
        } else if (error instanceof DirectoryNotEmptyException) {
            return Errno.ENOTEMPTY;
        } else if (error instanceof AccessDeniedException) {
            return Errno.EACCES;
        } else if (error instanceof NotDirectoryException) {
            return Errno.ENOTDIR;
        } else if (error instanceof FileSystemLoopException || error instanceof NotLinkException) {
            return Errno.ELOOP;
        } else if (error instanceof ClosedChannelException) {
            return Errno.EBADF;
        }
        String reason = error instanceof FileSystemException fileError ? fileError.getReason() : error.getMessage();
        String message = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        return ERRNO_BY_MESSAGE.entrySet().stream()
                .filter(entry -> message.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findAny()
                .orElse(Errno.EIO);
    }
}
