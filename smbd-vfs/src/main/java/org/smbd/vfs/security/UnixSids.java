package org.smbd.vfs.security;

import java.util.List;
import java.util.OptionalInt;
import org.smbd.core.type.Sid;

/** S-1-22-1-uid and S-1-22-2-gid, and nothing else: what a host without accounts has. */
public final class UnixSids implements SidMapping {
    private static final long UNIX_AUTHORITY = 22;
    private static final int USERS = 1;
    private static final int GROUPS = 2;

    @Override
    public Sid user(int uid) {
        return Sid.unixUser(uid);
    }

    @Override
    public Sid group(int gid) {
        return Sid.unixGroup(gid);
    }

    @Override
    public OptionalInt uid(Sid sid) {
        return id(sid, USERS);
    }

    @Override
    public OptionalInt gid(Sid sid) {
        return id(sid, GROUPS);
    }

    private static OptionalInt id(Sid sid, int kind) {
        List<Integer> parts = sid.subAuthorities();
        boolean matches = sid.authority() == UNIX_AUTHORITY && parts.size() == 2 && parts.get(0) == kind;
        return matches ? OptionalInt.of(parts.get(1)) : OptionalInt.empty();
    }
}
