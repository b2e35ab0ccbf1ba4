package org.smbd.server.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * {@code hosts allow} and {@code hosts deny}.
 *
 * @param allow who may connect; empty: everyone whom {@code deny} does not name
 * @param deny who may not, unless {@code allow} names them
 */
public record HostAccess(HostList allow, HostList deny) {
    /** Everyone. */
    public static final HostAccess ALL = new HostAccess(HostList.EMPTY, HostList.EMPTY);

    static HostAccess from(Values values) {
        return new HostAccess(
                HostList.of(values.list("hosts allow", List.of())), HostList.of(values.list("hosts deny", List.of())));
    }

    /**
     * Whether the address may connect. This machine's own loopback address is denied only by name: where {@code deny}
     * holds it and {@code allow} does not.
     */
    public boolean permits(InetAddress peer) {
        boolean allowed = allow.matches(peer);
        if (peer.isLoopbackAddress()) {
            return allowed || !deny.matches(peer);
        }
        if (deny.isEmpty()) {
            return allow.isEmpty() || allowed;
        }
        return allowed || !deny.matches(peer);
    }

    /** A host that only its name tells, in a place where not to know it lets somebody in. */
    Optional<String> unknownRestriction() {
        return deny.firstName().or(allow::firstExceptedName);
    }
}
