package org.smbd.core.type;

import java.util.List;

/**
 * An access control list. MS-DTYP 2.4.5 ACL. Without entries it grants nothing; no list at all grants everything.
 *
 * @param revision {@link #REVISION} or {@link #REVISION_DS}
 * @param entries in the order in which they are evaluated
 */
public record Acl(int revision, List<Ace> entries) {
    public static final int REVISION = 2;
    /** With entries of object types. */
    public static final int REVISION_DS = 4;

    public Acl {
        entries = List.copyOf(entries);
    }

    public static Acl of(Ace... entries) {
        return new Acl(REVISION, List.of(entries));
    }
}
