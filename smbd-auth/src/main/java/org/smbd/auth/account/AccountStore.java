package org.smbd.auth.account;

import java.util.List;
import java.util.Optional;
import org.smbd.core.type.Sid;

/** Where accounts come from. Safe for many threads; may read a file, so it is not for event loops. */
public interface AccountStore {
    /** The account of a name, compared without case. */
    Optional<Account> find(String name);

    /** The account of a relative id. */
    Optional<Account> byRid(int rid);

    /** All accounts, by name. */
    List<Account> list();

    /** The SID that account SIDs start with: S-1-5-21-a-b-c, the same for ever. */
    Sid machineSid();
}
