package org.smbd.protocol.smb1;

import java.util.EnumMap;
import java.util.Map;
import org.smbd.core.status.NtStatus;

/**
 * How clients without NT status are told of errors: a class and a code. MS-CIFS 2.2.2.4 SMB Error Classes and Codes.
 *
 * @param errorClass one of ERRDOS, ERRSRV, ERRHRD
 */
public record DosError(int errorClass, int code) {
    private static final int ERRDOS = 1;
    private static final int ERRSRV = 2;
    private static final int ERRHRD = 3;
    private static final DosError NONE = new DosError(0, 0);
    private static final DosError GENERAL = new DosError(ERRHRD, 31);
    private static final Map<NtStatus, DosError> BY_STATUS = new EnumMap<>(NtStatus.class);

    static {
        dos(1, NtStatus.NOT_IMPLEMENTED, NtStatus.INVALID_DEVICE_REQUEST);
        dos(2, NtStatus.NO_SUCH_FILE, NtStatus.NO_SUCH_DEVICE, NtStatus.OBJECT_NAME_NOT_FOUND);
        dos(3, NtStatus.OBJECT_PATH_INVALID, NtStatus.OBJECT_PATH_NOT_FOUND, NtStatus.OBJECT_PATH_SYNTAX_BAD);
        dos(3, NtStatus.NOT_A_DIRECTORY);
        dos(4, NtStatus.TOO_MANY_OPENED_FILES);
        dos(5, NtStatus.ACCESS_DENIED, NtStatus.DELETE_PENDING, NtStatus.PRIVILEGE_NOT_HELD);
        dos(5, NtStatus.FILE_IS_A_DIRECTORY, NtStatus.CANNOT_DELETE, NtStatus.FILE_DELETED, NtStatus.LOGON_FAILURE);
        dos(6, NtStatus.INVALID_HANDLE, NtStatus.OBJECT_TYPE_MISMATCH, NtStatus.FILE_CLOSED);
        dos(8, NtStatus.INSUFFICIENT_RESOURCES);
        dos(14, NtStatus.DATA_ERROR);
        dos(16, NtStatus.DIRECTORY_NOT_EMPTY);
        dos(17, NtStatus.NOT_SAME_DEVICE);
        dos(18, NtStatus.NO_MORE_FILES);
        dos(19, NtStatus.MEDIA_WRITE_PROTECTED);
        dos(32, NtStatus.SHARING_VIOLATION);
        dos(33, NtStatus.FILE_LOCK_CONFLICT, NtStatus.LOCK_NOT_GRANTED, NtStatus.RANGE_NOT_LOCKED);
        dos(38, NtStatus.END_OF_FILE);
        dos(50, NtStatus.NOT_SUPPORTED);
        dos(64, NtStatus.NETWORK_NAME_DELETED);
        dos(67, NtStatus.BAD_NETWORK_NAME);
        dos(80, NtStatus.OBJECT_NAME_COLLISION);
        dos(87, NtStatus.INVALID_PARAMETER);
        dos(112, NtStatus.DISK_FULL);
        dos(122, NtStatus.BUFFER_TOO_SMALL);
        dos(123, NtStatus.OBJECT_NAME_INVALID);
        dos(124, NtStatus.INVALID_LEVEL, NtStatus.INVALID_INFO_CLASS);
        dos(158, NtStatus.INVALID_LOCK_RANGE);
        dos(206, NtStatus.NAME_TOO_LONG);
        dos(230, NtStatus.INVALID_PIPE_STATE);
        dos(231, NtStatus.PIPE_BUSY, NtStatus.INSTANCE_NOT_AVAILABLE, NtStatus.PIPE_NOT_AVAILABLE);
        dos(232, NtStatus.PIPE_CLOSING, NtStatus.PIPE_EMPTY);
        dos(233, NtStatus.PIPE_DISCONNECTED);
        dos(234, NtStatus.BUFFER_OVERFLOW, NtStatus.MORE_PROCESSING_REQUIRED);
        dos(275, NtStatus.EA_TOO_LARGE, NtStatus.NONEXISTENT_EA_ENTRY);
        dos(282, NtStatus.EAS_NOT_SUPPORTED);
        server(2, NtStatus.WRONG_PASSWORD);
        server(4, NtStatus.NETWORK_ACCESS_DENIED);
        server(7, NtStatus.BAD_DEVICE_TYPE);
        server(91, NtStatus.USER_SESSION_DELETED);
        server(88, NtStatus.IO_TIMEOUT);
    }

    private static void dos(int code, NtStatus... statuses) {
        put(ERRDOS, code, statuses);
    }

    private static void server(int code, NtStatus... statuses) {
        put(ERRSRV, code, statuses);
    }

    private static void put(int errorClass, int code, NtStatus... statuses) {
        for (NtStatus status : statuses) {
            BY_STATUS.put(status, new DosError(errorClass, code));
        }
    }

    /** Whether a status is only a class and a code in another form: clients know it as that. */
    static boolean isDosOnly(NtStatus status) {
        int errorClass = status.code() & 0xFFFF;
        return (errorClass == ERRDOS || errorClass == ERRSRV) && status.code() >>> 16 != 0;
    }

    /** What a status is called; general failure where nothing is known. */
    public static DosError of(NtStatus status) {
        if (isDosOnly(status)) {
            return new DosError(status.code() & 0xFF, status.code() >>> 16);
        }
        return status == NtStatus.SUCCESS ? NONE : BY_STATUS.getOrDefault(status, GENERAL);
    }

    /** The Status field of the header: class, reserved byte, code. */
    public int toStatusField() {
        return errorClass | code << 16;
    }
}
