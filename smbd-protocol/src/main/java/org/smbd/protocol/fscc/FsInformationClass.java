package org.smbd.protocol.fscc;

import java.util.Arrays;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;

/**
 * The file system information classes. MS-FSCC 2.5 File System Information Classes; least lengths of MS-FSA 2.1.5.13
 * Server Requests a Query of File System Information.
 */
public enum FsInformationClass {
    VOLUME(1, 24, Use.QUERY),
    LABEL(2, 0, Use.LOCAL),
    SIZE(3, 24, Use.QUERY),
    DEVICE(4, 8, Use.QUERY),
    ATTRIBUTE(5, 16, Use.QUERY),
    CONTROL(6, 48, Use.QUERY_SET),
    FULL_SIZE(7, 32, Use.QUERY),
    OBJECT_ID(8, 64, Use.QUERY_SET),
    DRIVER_PATH(9, 0, Use.LOCAL),
    VOLUME_FLAGS(10, 0, Use.LOCAL),
    SECTOR_SIZE(11, 28, Use.QUERY),
    /** Of the POSIX extensions of SMB 3.1.1; only for connections that have negotiated them. */
    POSIX(100, 56, Use.QUERY);

    private enum Use {
        QUERY,
        QUERY_SET,
        LOCAL
    }

    private final int level;
    private final int lengthMin;
    private final Use use;

    FsInformationClass(int level, int lengthMin, Use use) {
        this.level = level;
        this.lengthMin = lengthMin;
        this.use = use;
    }

    /** The documented class with this code. */
    public static Optional<FsInformationClass> of(int level) {
        return Arrays.stream(values())
                .filter(infoClass -> infoClass.level == level)
                .findFirst();
    }

    /**
     * The class of a QUERY_INFO request. MS-SMB2 3.3.5.20.2 Handling SMB2_0_INFO_FILESYSTEM.
     *
     * @throws org.smbd.core.status.SmbException INVALID_INFO_CLASS where it is undocumented, NOT_SUPPORTED where it is
     *     for local use
     */
    public static FsInformationClass ofQuery(int level) {
        FsInformationClass infoClass = of(level).orElseThrow(NtStatus.INVALID_INFO_CLASS::exception);
        if (infoClass.use == Use.LOCAL) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        return infoClass;
    }

    /**
     * The class of a SET_INFO request. MS-SMB2 3.3.5.21.2 Handling SMB2_0_INFO_FILESYSTEM.
     *
     * @throws org.smbd.core.status.SmbException INVALID_INFO_CLASS where it is undocumented or only for queries,
     *     NOT_SUPPORTED where it is for local use
     */
    public static FsInformationClass ofSet(int level) {
        FsInformationClass infoClass = ofQuery(level);
        if (infoClass.use != Use.QUERY_SET) {
            throw NtStatus.INVALID_INFO_CLASS.exception();
        }
        return infoClass;
    }

    /** The code on the wire. */
    public int level() {
        return level;
    }

    public boolean isSettable() {
        return use == Use.QUERY_SET;
    }

    /** The access that a set needs. */
    public int setAccess() {
        return AccessMask.FILE_WRITE_DATA;
    }

    /** The least OutputBufferLength of a query and the least length of what is set, in bytes. */
    public int lengthMin() {
        return lengthMin;
    }
}
