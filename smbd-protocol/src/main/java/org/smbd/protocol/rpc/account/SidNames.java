package org.smbd.protocol.rpc.account;

import java.util.Optional;
import org.smbd.core.type.Sid;

/** Names of SIDs and SIDs of names. May ask the host's name service: not for event loops. Safe for many threads. */
public interface SidNames {
    /** The domain of the accounts: the server's own name. */
    String accountDomain();

    /** The workgroup. */
    String workgroup();

    /** The SID of {@link #accountDomain}. */
    Sid machineSid();

    /** What a SID is called here. */
    Optional<NamedSid> find(Sid sid);

    /**
     * What has this name; case does not matter.
     *
     * @param domain where; empty for anywhere
     * @param name the account; empty for the domain itself
     */
    Optional<NamedSid> find(String domain, String name);
}
