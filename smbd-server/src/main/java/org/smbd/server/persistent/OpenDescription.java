package org.smbd.server.persistent;

import java.util.Optional;
import org.smbd.core.type.Guid;

/**
 * What makes an open the one that it is, for as long as it lasts: MS-SMB2 3.3.1.10 Per Open.
 *
 * @param persistentId Open.DurableFileId
 * @param createGuid Open.CreateGuid
 * @param client Open.ClientGuid
 * @param account Open.DurableOwner, by its name
 * @param address the address that its client came from, which the share's rules look at
 * @param share name of the share
 * @param desiredAccess Open.DesiredAccess, as on the wire
 * @param grantedAccess Open.GrantedAccess
 * @param shareAccess Open.ShareAccess
 * @param createOptions Open.CreateOptions, as on the wire
 * @param timeoutMillis Open.DurableOpenTimeout
 * @param createAction as on the wire
 * @param cache its oplock or lease
 */
public record OpenDescription(
        long persistentId,
        Guid createGuid,
        Guid client,
        String account,
        byte[] address,
        String share,
        int desiredAccess,
        int grantedAccess,
        int shareAccess,
        int createOptions,
        long timeoutMillis,
        int createAction,
        Cache cache) {
    /**
     * Open.OplockLevel and Open.Lease.
     *
     * @param state what may be cached, bits of {@link org.smbd.vfs.oplock.Caching}
     * @param leaseKey empty for an oplock
     * @param version of the lease
     */
    public record Cache(int state, Optional<Guid> leaseKey, Optional<Guid> parentKey, int version, int epoch) {}
}
