package org.smbd.vfs.security;

import java.util.OptionalInt;
import org.smbd.core.type.Sid;

/** Which SID stands for a user or group of the host, and the other way round. Safe for many threads; may block. */
public interface SidMapping {
    /** The SID of a user: of its account, else of the Unix user. */
    Sid user(int uid);

    /** The SID of a group. */
    Sid group(int gid);

    /** The user that a SID stands for; empty if it stands for none of this host. */
    OptionalInt uid(Sid sid);

    /** The group that a SID stands for; empty if it stands for none of this host. */
    OptionalInt gid(Sid sid);

    /** Only the Unix users and groups themselves: S-1-22-1 and S-1-22-2. */
    SidMapping UNIX = new UnixSids();
}
