package org.smbd.protocol.fscc;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;

/**
 * The file information classes. MS-FSCC 2.4 File Information Classes.
 *
 * <p>All documented classes are listed, also those that no server answers, because an undocumented class and one that
 * is not served have different statuses. The required access is that of MS-SMB2 3.3.5.20.1 Handling SMB2_0_INFO_FILE
 * and 3.3.5.21.1 Handling SMB2_0_INFO_FILE; the least lengths are those of MS-FSA 2.1.5.12 and 2.1.5.15.
 */
public enum FileInformationClass {
    DIRECTORY(1, directory(64)),
    FULL_DIRECTORY(2, directory(68)),
    BOTH_DIRECTORY(3, directory(94)),
    BASIC(4, query(40, AccessMask.FILE_READ_ATTRIBUTES), set(40, AccessMask.FILE_WRITE_ATTRIBUTES)),
    STANDARD(5, query(24, 0)),
    INTERNAL(6, query(8, 0)),
    EA(7, query(4, 0)),
    ACCESS(8, query(4, 0)),
    NAME(9, local()),
    /**
     * The specification pads the structure to 24 bytes and Windows refuses less, which a one-letter name without
     * padding is; some clients send just that, so that the fixed part suffices here.
     */
    RENAME(10, set(20, AccessMask.DELETE)),
    LINK(11, set(20, 0)),
    NAMES(12, directory(12)),
    DISPOSITION(13, set(1, AccessMask.DELETE)),
    POSITION(14, query(8, 0), set(8, 0)),
    FULL_EA(15, query(0, AccessMask.FILE_READ_EA), set(0, AccessMask.FILE_WRITE_EA)),
    MODE(16, query(4, 0), set(4, 0)),
    ALIGNMENT(17, query(4, 0)),
    /** 100 bytes and a name that stays empty; the least length has room for one character of it, in units of 8. */
    ALL(18, query(104, AccessMask.FILE_READ_ATTRIBUTES)),
    ALLOCATION(19, set(8, AccessMask.FILE_WRITE_DATA)),
    END_OF_FILE(20, set(8, AccessMask.FILE_WRITE_DATA)),
    ALTERNATE_NAME(21, query(8, 0)),
    STREAM(22, query(32, 0)),
    PIPE(23, query(8, AccessMask.FILE_READ_ATTRIBUTES), set(8, AccessMask.FILE_WRITE_ATTRIBUTES)),
    PIPE_LOCAL(24, query(40, AccessMask.FILE_READ_ATTRIBUTES)),
    PIPE_REMOTE(25, query(16, AccessMask.FILE_READ_ATTRIBUTES)),
    MAILSLOT_QUERY(26, local()),
    MAILSLOT_SET(27, local()),
    COMPRESSION(28, query(16, 0)),
    OBJECT_ID(29, local()),
    MOVE_CLUSTER(31, local()),
    /** Asked through SMB2_0_INFO_QUOTA, never as file information. */
    QUOTA(32, local()),
    REPARSE_POINT(33, local()),
    NETWORK_OPEN(34, query(56, AccessMask.FILE_READ_ATTRIBUTES)),
    ATTRIBUTE_TAG(35, query(8, AccessMask.FILE_READ_ATTRIBUTES)),
    TRACKING(36, local()),
    ID_BOTH_DIRECTORY(37, directory(104)),
    ID_FULL_DIRECTORY(38, directory(80)),
    VALID_DATA_LENGTH(39, set(8, AccessMask.FILE_WRITE_DATA)),
    SHORT_NAME(40, set(4, AccessMask.DELETE)),
    SFIO_RESERVE(44, local()),
    SFIO_VOLUME(45, local()),
    HARD_LINK(46, local()),
    NORMALIZED_NAME(48, query(8, 0)),
    ID_GLOBAL_TX_DIRECTORY(50, local()),
    STANDARD_LINK(54, local()),
    ID(59, query(24, 0)),
    ID_EXTD_DIRECTORY(60, directory(88)),
    DISPOSITION_EX(64, set(4, AccessMask.DELETE)),
    RENAME_EX(65, set(20, AccessMask.DELETE)),
    ID_64_EXTD_DIRECTORY(78, directory(80)),
    ID_64_EXTD_BOTH_DIRECTORY(79, directory(106)),
    ID_ALL_EXTD_DIRECTORY(80, directory(96)),
    ID_ALL_EXTD_BOTH_DIRECTORY(81, directory(122)),
    /** Of the POSIX extensions of SMB 3.1.1; only for connections that have negotiated them. */
    POSIX(100, query(PosixInfoCodec.SIZE_BYTES, AccessMask.FILE_READ_ATTRIBUTES), directory(124));

    /** Codes are one byte on the wire. */
    private static final FileInformationClass[] BY_LEVEL = new FileInformationClass[256];

    static {
        for (FileInformationClass infoClass : values()) {
            BY_LEVEL[infoClass.level] = infoClass;
        }
    }

    private enum Operation {
        QUERY,
        SET,
        ENUMERATE,
        LOCAL
    }

    @Immutable
    private record Use(Operation operation, int lengthMin, int requiredAccess) {}

    private final int level;
    private final Use query;
    private final Use set;
    private final Use directory;

    FileInformationClass(int level, Use... uses) {
        this.level = level;
        this.query = pick(Operation.QUERY, uses);
        this.set = pick(Operation.SET, uses);
        this.directory = pick(Operation.ENUMERATE, uses);
    }

    private static Use query(int lengthMin, int requiredAccess) {
        return new Use(Operation.QUERY, lengthMin, requiredAccess);
    }

    private static Use set(int lengthMin, int requiredAccess) {
        return new Use(Operation.SET, lengthMin, requiredAccess);
    }

    private static Use directory(int fileNameOffset) {
        return new Use(Operation.ENUMERATE, fileNameOffset, AccessMask.FILE_LIST_DIRECTORY);
    }

    private static Use local() {
        return new Use(Operation.LOCAL, 0, 0);
    }

    private static Use pick(Operation operation, Use... uses) {
        for (Use use : uses) {
            if (use.operation == operation) {
                return use;
            }
        }
        return local();
    }

    /** The documented class with this code. */
    public static Optional<FileInformationClass> of(int level) {
        return level < 0 || level >= BY_LEVEL.length ? Optional.empty() : Optional.ofNullable(BY_LEVEL[level]);
    }

    /**
     * The class of a QUERY_INFO request. Windows answers a class that can only be set or enumerated with
     * INVALID_INFO_CLASS, as MS-FSCC 2.4 demands, where MS-SMB2 3.3.5.20.1 would have NOT_SUPPORTED; so do we.
     *
     * @throws org.smbd.core.status.SmbException INVALID_INFO_CLASS where it is undocumented or not for queries,
     *     NOT_SUPPORTED where it is for local use
     */
    public static FileInformationClass ofQuery(int level) {
        FileInformationClass infoClass = of(level).orElseThrow(NtStatus.INVALID_INFO_CLASS::exception);
        if (infoClass.isLocal()) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        return infoClass.require(infoClass.query);
    }

    /**
     * The class of a SET_INFO request. MS-SMB2 3.3.5.21.1.
     *
     * @throws org.smbd.core.status.SmbException INVALID_INFO_CLASS where it is undocumented or cannot be set
     */
    public static FileInformationClass ofSet(int level) {
        FileInformationClass infoClass = of(level).orElseThrow(NtStatus.INVALID_INFO_CLASS::exception);
        return infoClass.require(infoClass.set);
    }

    /**
     * The class of a QUERY_DIRECTORY request. MS-SMB2 3.3.5.18 Receiving an SMB2 QUERY_DIRECTORY Request.
     *
     * @throws org.smbd.core.status.SmbException INVALID_INFO_CLASS where it is not for directories
     */
    public static FileInformationClass ofDirectory(int level) {
        FileInformationClass infoClass = of(level).orElseThrow(NtStatus.INVALID_INFO_CLASS::exception);
        return infoClass.require(infoClass.directory);
    }

    private FileInformationClass require(Use use) {
        if (use.operation == Operation.LOCAL) {
            throw NtStatus.INVALID_INFO_CLASS.exception();
        }
        return this;
    }

    /** The code on the wire. */
    public int level() {
        return level;
    }

    public boolean isQueryable() {
        return query.operation != Operation.LOCAL;
    }

    public boolean isSettable() {
        return set.operation != Operation.LOCAL;
    }

    public boolean isDirectory() {
        return directory.operation != Operation.LOCAL;
    }

    private boolean isLocal() {
        return !isQueryable() && !isSettable() && !isDirectory();
    }

    /** The least OutputBufferLength of a query in bytes; below it INFO_LENGTH_MISMATCH is the answer. */
    public int queryLengthMin() {
        return query.lengthMin;
    }

    /** The access that a query needs; 0 for none. */
    public int queryAccess() {
        return query.requiredAccess;
    }

    /** The least length of what is set in bytes; below it INFO_LENGTH_MISMATCH is the answer. */
    public int setLengthMin() {
        return set.lengthMin;
    }

    /** The access that a set needs; 0 for none. */
    public int setAccess() {
        return set.requiredAccess;
    }

    /** Where the FileName of a directory entry begins, which is the least OutputBufferLength of an enumeration. */
    public int fileNameOffset() {
        return directory.lengthMin;
    }
}
