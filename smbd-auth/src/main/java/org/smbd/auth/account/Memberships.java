package org.smbd.auth.account;

import java.util.Set;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.Sid;

/** The built-in groups and privileges of accounts. Safe for many threads; may read a file. */
public interface Memberships {
    /** The groups that an account was made a member of. */
    Set<Sid> groupsOf(String account);

    /** The privileges that an account was granted itself. */
    Set<Privilege> privilegesOf(String account);

    /** Nobody is a member of anything. */
    Memberships NONE = new Memberships() {
        @Override
        public Set<Sid> groupsOf(String account) {
            return Set.of();
        }

        @Override
        public Set<Privilege> privilegesOf(String account) {
            return Set.of();
        }
    };
}
