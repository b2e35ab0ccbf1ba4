package org.smbd.protocol.rpc.account;

import org.smbd.core.type.Sid;

/**
 * A SID with its name.
 *
 * @param domainSid the domain that it belongs to; itself where it is a domain
 * @param domain the name of that domain
 * @param name without the domain; empty where it is a domain
 */
public record NamedSid(Sid sid, SidUse use, Sid domainSid, String domain, String name) {
    /** The last part of the SID where it is one of its domain, else 0. */
    public int rid() {
        int parts = sid.subAuthorities().size();
        return use == SidUse.DOMAIN || parts == 0 ? 0 : sid.subAuthorities().get(parts - 1);
    }
}
