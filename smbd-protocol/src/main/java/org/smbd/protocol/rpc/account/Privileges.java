package org.smbd.protocol.rpc.account;

import java.util.List;
import java.util.Set;
import org.smbd.core.type.Sid;

/** Who holds which privilege. Safe for many threads; may write a file. */
public interface Privileges {
    /** Whoever was granted any. */
    List<Sid> holders();

    /** What somebody was granted. */
    Set<PrivilegeName> of(Sid account);

    /**
     * Grants and takes away.
     *
     * @return false where there is no such account
     */
    boolean change(Sid account, Set<PrivilegeName> granted, Set<PrivilegeName> taken);
}
