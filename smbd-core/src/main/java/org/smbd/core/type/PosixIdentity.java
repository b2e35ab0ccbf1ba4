package org.smbd.core.type;

import java.util.Arrays;

/**
 * Whom the kernel takes a file operation to come from.
 *
 * @param uid user id
 * @param gid primary group id
 * @param groups supplementary group ids; not changed after construction
 */
public record PosixIdentity(int uid, int gid, int[] groups) {
    /** The superuser without supplementary groups. */
    public static final PosixIdentity ROOT = new PosixIdentity(0, 0, new int[0]);

    public PosixIdentity {
        groups = groups.clone();
    }

    /** The supplementary groups; a copy. */
    @Override
    public int[] groups() {
        return groups.clone();
    }

    public PosixIdentity withUid(int otherUid) {
        return new PosixIdentity(otherUid, gid, groups);
    }

    public PosixIdentity withGid(int otherGid) {
        return new PosixIdentity(uid, otherGid, groups);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PosixIdentity that
                && uid == that.uid
                && gid == that.gid
                && Arrays.equals(groups, that.groups);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * uid + gid) + Arrays.hashCode(groups);
    }

    @Override
    public String toString() {
        return uid + ":" + gid + Arrays.toString(groups);
    }
}
