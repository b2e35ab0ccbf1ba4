package org.smbd.protocol.rpc.account;

import java.util.List;
import org.smbd.core.type.Sid;

/**
 * A local group: an alias of BUILTIN.
 *
 * @param rid last part of its SID
 * @param members who belong to it
 */
public record AliasEntry(String name, int rid, List<Sid> members) {
    public AliasEntry {
        members = List.copyOf(members);
    }
}
