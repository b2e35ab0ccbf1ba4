package org.smbd.protocol.fscc;

/** What happened to a file. MS-FSCC 2.7.1 FILE_NOTIFY_INFORMATION, Action. */
public enum NotifyAction {
    ADDED(1),
    REMOVED(2),
    MODIFIED(3),
    RENAMED_OLD_NAME(4),
    RENAMED_NEW_NAME(5),
    ADDED_STREAM(6),
    REMOVED_STREAM(7),
    MODIFIED_STREAM(8);

    private final int code;

    NotifyAction(int code) {
        this.code = code;
    }

    /** The value on the wire. */
    public int code() {
        return code;
    }
}
