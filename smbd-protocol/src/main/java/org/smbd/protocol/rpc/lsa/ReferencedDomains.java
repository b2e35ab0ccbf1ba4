package org.smbd.protocol.rpc.lsa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.account.NamedSid;

/** The domains that an answer speaks of, each once. MS-LSAT 2.2.12 LSAPR_REFERENCED_DOMAIN_LIST. */
final class ReferencedDomains {
    private static final int NONE = -1;
    /** MaxEntries: what Windows sends; it is ignored. */
    private static final int MAX_ENTRIES = 32;

    private record Domain(String name, Sid sid) {}

    private final List<Domain> domains = new ArrayList<>();

    /** The place of an entry's domain in the list; -1 for what is not known. */
    int index(Optional<NamedSid> entry) {
        if (entry.isEmpty()) {
            return NONE;
        }
        Domain domain = new Domain(entry.get().domain(), entry.get().domainSid());
        int index = domains.indexOf(domain);
        if (index < 0) {
            domains.add(domain);
            index = domains.size() - 1;
        }
        return index;
    }

    void write(NdrWriter out) {
        out.pointer(); // ReferencedDomains
        out.i32(domains.size()); // Entries
        if (domains.isEmpty()) {
            out.nullPointer(); // Domains
        } else {
            out.pointer(() -> {
                out.i32(domains.size()); // maximum count
                for (Domain domain : domains) {
                    out.countedString(domain.name); // Name
                    out.pointer(() -> out.sid(domain.sid)); // Sid
                }
            });
        }
        out.i32(MAX_ENTRIES);
        out.deferred();
    }
}
