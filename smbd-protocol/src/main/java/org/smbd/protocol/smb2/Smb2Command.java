package org.smbd.protocol.smb2;

import java.util.Optional;

/**
 * The commands a client sends, in the order of their codes, with what each needs. MS-SMB2 2.2.1.1 SMB2 Packet Header -
 * ASYNC, Command.
 */
public enum Smb2Command {
    NEGOTIATE(0x00, 36, Needs.NOTHING, Trait.NO_FILE, 0),
    SESSION_SETUP(0x01, 25, Needs.NOTHING, Trait.NO_FILE, 0),
    LOGOFF(0x02, 4, Needs.SESSION, Trait.NO_FILE, Trait.COMPOUNDABLE),
    TREE_CONNECT(0x03, 9, Needs.SESSION, Trait.NO_FILE, Trait.COMPOUNDABLE),
    TREE_DISCONNECT(0x04, 4, Needs.TREE, Trait.NO_FILE, Trait.COMPOUNDABLE),
    CREATE(0x05, 57, Needs.TREE, Trait.NO_FILE, Trait.COMPOUNDABLE),
    CLOSE(0x06, 24, Needs.TREE, 8, Trait.COMPOUNDABLE),
    FLUSH(0x07, 24, Needs.TREE, 8, Trait.COMPOUNDABLE),
    READ(0x08, 49, Needs.TREE, 16, Trait.COMPOUNDABLE | Trait.CHARGES_PAYLOAD),
    WRITE(0x09, 49, Needs.TREE, 16, Trait.COMPOUNDABLE | Trait.CHARGES_PAYLOAD | Trait.MODIFIES),
    LOCK(0x0A, 48, Needs.TREE, 8, Trait.COMPOUNDABLE),
    IOCTL(0x0B, 57, Needs.TREE, 8, Trait.COMPOUNDABLE | Trait.CHARGES_PAYLOAD | Trait.MODIFIES),
    CANCEL(0x0C, 4, Needs.NOTHING, Trait.NO_FILE, 0),
    ECHO(0x0D, 4, Needs.NOTHING, Trait.NO_FILE, Trait.COMPOUNDABLE),
    QUERY_DIRECTORY(0x0E, 33, Needs.TREE, 8, Trait.COMPOUNDABLE | Trait.CHARGES_PAYLOAD),
    CHANGE_NOTIFY(0x0F, 32, Needs.TREE, 8, Trait.COMPOUNDABLE | Trait.CHARGES_PAYLOAD),
    QUERY_INFO(0x10, 41, Needs.TREE, 24, Trait.COMPOUNDABLE | Trait.CHARGES_PAYLOAD),
    SET_INFO(0x11, 33, Needs.TREE, 16, Trait.COMPOUNDABLE | Trait.CHARGES_PAYLOAD | Trait.MODIFIES),
    /** The acknowledgment. A lease break is acknowledged with StructureSize 36 and no FileId. */
    OPLOCK_BREAK(0x12, 24, Needs.SESSION, Trait.NO_FILE, 0);

    private enum Needs {
        NOTHING,
        SESSION,
        TREE
    }

    private static final class Trait {
        static final int NO_FILE = 0;
        static final int COMPOUNDABLE = 1;
        static final int CHARGES_PAYLOAD = 2;
        static final int MODIFIES = 4;
    }

    private static final Smb2Command[] VALUES = values();

    private final int code;
    private final int structureSize;
    private final Needs needs;
    private final int fileIdOffset;
    private final int traits;

    Smb2Command(int code, int structureSize, Needs needs, int fileIdOffset, int traits) {
        this.code = code;
        this.structureSize = structureSize;
        this.needs = needs;
        this.fileIdOffset = fileIdOffset;
        this.traits = traits;
    }

    /** The command of a code, if a client may send it. */
    public static Optional<Smb2Command> of(int code) {
        return code >= 0 && code < VALUES.length ? Optional.of(VALUES[code]) : Optional.empty();
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** StructureSize of the request. */
    public int structureSize() {
        return structureSize;
    }

    /** Whether the request names an established session. MS-SMB2 3.3.5.2.9 Verifying the Session. */
    public boolean needsSession() {
        return needs != Needs.NOTHING;
    }

    /** Whether the request names a tree connect. MS-SMB2 3.3.5.2.11 Verifying the Tree Connect. */
    public boolean needsTree() {
        return needs == Needs.TREE;
    }

    /** Whether the request names an open. */
    public boolean hasFileId() {
        return fileIdOffset != Trait.NO_FILE;
    }

    /** Where FileId stands, in bytes from the beginning of the request's body; only if {@link #hasFileId()}. */
    public int fileIdOffset() {
        return fileIdOffset;
    }

    /**
     * Whether it makes sense as an element of a compound. The others, there, are refused by {@code INVALID_PARAMETER}.
     */
    public boolean mayBeCompounded() {
        return (traits & Trait.COMPOUNDABLE) != 0;
    }

    /**
     * Whether what it sends or asks for costs credits by size: see {@link Smb2Request#payloadBytes()}. MS-SMB2
     * 3.3.5.2.5 Verifying the Credit Charge and the Payload Size.
     */
    public boolean chargesPayload() {
        return (traits & Trait.CHARGES_PAYLOAD) != 0;
    }

    /** Whether an out-of-date channel sequence refuses it. MS-SMB2 3.3.5.2.10 Verifying the Channel Sequence Number. */
    public boolean modifies() {
        return (traits & Trait.MODIFIES) != 0;
    }
}
