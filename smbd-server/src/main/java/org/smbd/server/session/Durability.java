package org.smbd.server.session;

import java.time.Duration;
import java.util.Optional;
import org.smbd.core.type.Guid;
import org.smbd.core.type.Sid;

/**
 * What lets an open outlive its connection. MS-SMB2 3.3.1.10 Per Open.
 *
 * @param kind Open.IsDurable or Open.IsResilient
 * @param timeout Open.DurableOpenTimeout, Open.ResiliencyTimeout
 * @param owner Open.DurableOwner: who may come back for it
 * @param client Open.ClientGuid
 * @param createGuid Open.CreateGuid, of a durable open of version 2
 */
public record Durability(Kind kind, Duration timeout, Sid owner, Guid client, Optional<Guid> createGuid) {
    /** Which of the two promises was made. */
    public enum Kind {
        /** It lasts as long as its client may cache the handle. */
        DURABLE,
        /** FSCTL_LMR_REQUEST_RESILIENCY: it lasts whatever is cached. */
        RESILIENT,
        /** Open.IsPersistent: it lasts whatever is cached, and a restart of the server, too. */
        PERSISTENT
    }
}
