package org.smbd.protocol.smb2;

import java.util.Optional;

/** The protocol revisions, oldest first. MS-SMB2 2.2.3 SMB2 NEGOTIATE Request, Dialects. */
public enum Dialect {
    SMB_2_0_2(0x0202, "2.0.2"),
    SMB_2_1(0x0210, "2.1"),
    SMB_3_0(0x0300, "3.0"),
    SMB_3_0_2(0x0302, "3.0.2"),
    SMB_3_1_1(0x0311, "3.1.1");

    /**
     * DialectRevision that asks for a second NEGOTIATE; it is no dialect. MS-SMB2 3.3.5.3.1 SMB 2.1 or SMB 3.x Support.
     */
    public static final int WILDCARD_REVISION = 0x02FF;

    private static final Dialect[] VALUES = values();

    private final int revision;
    private final String title;

    Dialect(int revision, String title) {
        this.revision = revision;
        this.title = title;
    }

    /** The dialect of a revision number, if it is one. */
    public static Optional<Dialect> of(int revision) {
        for (Dialect dialect : VALUES) {
            if (dialect.revision == revision) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /** The number on the wire. */
    public int revision() {
        return revision;
    }

    public boolean isAtLeast(Dialect other) {
        return compareTo(other) >= 0;
    }

    /** Whether it belongs to the SMB 3.x dialect family. */
    public boolean isSmb3() {
        return isAtLeast(SMB_3_0);
    }

    public boolean hasLeases() {
        return isAtLeast(SMB_2_1);
    }

    public boolean hasDirectoryLeases() {
        return isSmb3();
    }

    /**
     * Whether one request may cost several credits. MS-SMB2 3.3.5.2.5 Verifying the Credit Charge and the Payload Size.
     */
    public boolean hasMultiCredit() {
        return isAtLeast(SMB_2_1);
    }

    /** Whether LOCK requests carry a sequence number. MS-SMB2 2.2.26 SMB2 LOCK Request. */
    public boolean hasLockSequence() {
        return isAtLeast(SMB_2_1);
    }

    public boolean hasMultiChannel() {
        return isSmb3();
    }

    public boolean hasEncryption() {
        return isSmb3();
    }

    /** Whether the exchange before log-in is hashed into the keys, and NEGOTIATE carries contexts. */
    public boolean hasPreauthIntegrity() {
        return this == SMB_3_1_1;
    }

    /** As in documents: 3.1.1. */
    @Override
    public String toString() {
        return title;
    }
}
