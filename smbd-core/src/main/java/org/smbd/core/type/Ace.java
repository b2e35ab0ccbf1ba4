package org.smbd.core.type;

import java.util.Arrays;

/**
 * An access control entry that names one SID. MS-DTYP 2.4.4 ACE; the object types, which only directory services give a
 * meaning, are not among them.
 *
 * @param type MS-DTYP 2.4.4.1 AceType
 * @param flags AceFlags: how it is inherited
 * @param accessMask the rights that it grants, denies or audits
 * @param data what follows the SID: a condition of the callback types, a claim of the attribute type; not changed after
 *     construction
 */
public record Ace(int type, int flags, int accessMask, Sid sid, byte[] data) {
    public static final int ACCESS_ALLOWED = 0x00;
    public static final int ACCESS_DENIED = 0x01;
    public static final int SYSTEM_AUDIT = 0x02;
    public static final int SYSTEM_ALARM = 0x03;
    public static final int ACCESS_ALLOWED_CALLBACK = 0x09;
    public static final int ACCESS_DENIED_CALLBACK = 0x0A;
    public static final int SYSTEM_AUDIT_CALLBACK = 0x0D;
    public static final int SYSTEM_ALARM_CALLBACK = 0x0E;
    public static final int SYSTEM_MANDATORY_LABEL = 0x11;
    public static final int SYSTEM_RESOURCE_ATTRIBUTE = 0x12;
    public static final int SYSTEM_SCOPED_POLICY_ID = 0x13;

    public static final int OBJECT_INHERIT = 0x01;
    public static final int CONTAINER_INHERIT = 0x02;
    public static final int NO_PROPAGATE_INHERIT = 0x04;
    public static final int INHERIT_ONLY = 0x08;
    public static final int INHERITED = 0x10;

    private static final byte[] NO_DATA = new byte[0];

    public Ace {
        if (!isSingleSidType(type)) {
            throw new IllegalArgumentException("no ACE with just a SID: type " + type);
        }
    }

    /** An entry without data behind the SID. */
    public Ace(int type, int flags, int accessMask, Sid sid) {
        this(type, flags, accessMask, sid, NO_DATA);
    }

    public static Ace allow(int flags, int accessMask, Sid sid) {
        return new Ace(ACCESS_ALLOWED, flags, accessMask, sid);
    }

    public static Ace deny(int flags, int accessMask, Sid sid) {
        return new Ace(ACCESS_DENIED, flags, accessMask, sid);
    }

    /** Whether entries of a type have the form of this record. */
    public static boolean isSingleSidType(int type) {
        return switch (type) {
            case ACCESS_ALLOWED,
                    ACCESS_DENIED,
                    SYSTEM_AUDIT,
                    SYSTEM_ALARM,
                    ACCESS_ALLOWED_CALLBACK,
                    ACCESS_DENIED_CALLBACK,
                    SYSTEM_AUDIT_CALLBACK,
                    SYSTEM_ALARM_CALLBACK,
                    SYSTEM_MANDATORY_LABEL,
                    SYSTEM_RESOURCE_ATTRIBUTE,
                    SYSTEM_SCOPED_POLICY_ID -> true;
            default -> false;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ace that
                && type == that.type
                && flags == that.flags
                && accessMask == that.accessMask
                && sid.equals(that.sid)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * type + flags) + accessMask) + sid.hashCode();
    }

    @Override
    public String toString() {
        return String.format("(%x;%x;0x%08x;%s)", type, flags, accessMask, sid);
    }
}
