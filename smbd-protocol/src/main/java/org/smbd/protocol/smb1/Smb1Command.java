package org.smbd.protocol.smb1;

import java.util.Optional;

/** The commands. MS-CIFS 2.2.2.1 SMB_COM Command Codes; those that the specification calls reserved are not here. */
public enum Smb1Command {
    CREATE_DIRECTORY(0x00, Needs.TREE),
    DELETE_DIRECTORY(0x01, Needs.TREE),
    OPEN(0x02, Needs.TREE),
    CREATE(0x03, Needs.TREE),
    CLOSE(0x04, Needs.TREE),
    FLUSH(0x05, Needs.TREE),
    DELETE(0x06, Needs.TREE),
    RENAME(0x07, Needs.TREE),
    QUERY_INFORMATION(0x08, Needs.TREE),
    SET_INFORMATION(0x09, Needs.TREE),
    READ(0x0A, Needs.TREE),
    WRITE(0x0B, Needs.TREE),
    LOCK_BYTE_RANGE(0x0C, Needs.TREE),
    UNLOCK_BYTE_RANGE(0x0D, Needs.TREE),
    CREATE_TEMPORARY(0x0E, Needs.TREE),
    CREATE_NEW(0x0F, Needs.TREE),
    CHECK_DIRECTORY(0x10, Needs.TREE),
    PROCESS_EXIT(0x11, Needs.SESSION),
    SEEK(0x12, Needs.TREE),
    LOCK_AND_READ(0x13, Needs.TREE),
    WRITE_AND_UNLOCK(0x14, Needs.TREE),
    READ_RAW(0x1A, Needs.TREE),
    READ_MPX(0x1B, Needs.TREE),
    WRITE_RAW(0x1D, Needs.TREE),
    WRITE_MPX(0x1E, Needs.TREE),
    SET_INFORMATION2(0x22, Needs.TREE),
    QUERY_INFORMATION2(0x23, Needs.TREE),
    LOCKING_ANDX(0x24, Needs.TREE),
    TRANSACTION(0x25, Needs.TREE),
    TRANSACTION_SECONDARY(0x26, Needs.TREE),
    IOCTL(0x27, Needs.TREE),
    COPY(0x29, Needs.TREE),
    MOVE(0x2A, Needs.TREE),
    ECHO(0x2B, Needs.NOTHING),
    WRITE_AND_CLOSE(0x2C, Needs.TREE),
    OPEN_ANDX(0x2D, Needs.TREE),
    READ_ANDX(0x2E, Needs.TREE),
    WRITE_ANDX(0x2F, Needs.TREE),
    TRANSACTION2(0x32, Needs.TREE),
    TRANSACTION2_SECONDARY(0x33, Needs.TREE),
    FIND_CLOSE2(0x34, Needs.TREE),
    TREE_CONNECT(0x70, Needs.SESSION),
    TREE_DISCONNECT(0x71, Needs.TREE_ALONE),
    NEGOTIATE(0x72, Needs.NOTHING),
    SESSION_SETUP_ANDX(0x73, Needs.NOTHING),
    LOGOFF_ANDX(0x74, Needs.SESSION),
    TREE_CONNECT_ANDX(0x75, Needs.SESSION),
    QUERY_INFORMATION_DISK(0x80, Needs.TREE),
    SEARCH(0x81, Needs.TREE),
    FIND(0x82, Needs.TREE),
    FIND_UNIQUE(0x83, Needs.TREE),
    FIND_CLOSE(0x84, Needs.TREE),
    NT_TRANSACT(0xA0, Needs.TREE),
    NT_TRANSACT_SECONDARY(0xA1, Needs.TREE),
    NT_CREATE_ANDX(0xA2, Needs.TREE),
    NT_CANCEL(0xA4, Needs.NOTHING),
    NT_RENAME(0xA5, Needs.TREE);

    /** No command: the end of a chain. */
    public static final int NO_FURTHER_COMMANDS = 0xFF;

    private static final Smb1Command[] BY_CODE = new Smb1Command[256];

    static {
        for (Smb1Command command : values()) {
            BY_CODE[command.code] = command;
        }
    }

    private enum Needs {
        NOTHING,
        SESSION,
        TREE,
        TREE_ALONE
    }

    private final int code;
    private final Needs needs;

    Smb1Command(int code, Needs needs) {
        this.code = code;
        this.needs = needs;
    }

    /** The command of a code; empty for those that do not exist. */
    public static Optional<Smb1Command> of(int code) {
        return Optional.ofNullable(BY_CODE[code & 0xFF]);
    }

    public int code() {
        return code;
    }

    /** Whether its words begin with the command and offset of the next one. MS-CIFS 2.2.3.4 Batched Messages. */
    public boolean isAndx() {
        return switch (this) {
            case LOCKING_ANDX,
                    OPEN_ANDX,
                    READ_ANDX,
                    WRITE_ANDX,
                    SESSION_SETUP_ANDX,
                    LOGOFF_ANDX,
                    TREE_CONNECT_ANDX,
                    NT_CREATE_ANDX -> true;
            default -> false;
        };
    }

    /** Whether the UID of its header must be one that a log-in made. */
    public boolean needsSession() {
        return needs == Needs.SESSION || needs == Needs.TREE;
    }

    /** Whether the TID of its header must be one that a tree connect made. */
    public boolean needsTree() {
        return needs == Needs.TREE || needs == Needs.TREE_ALONE;
    }
}
