package org.smbd.server.smb2;

import java.util.Optional;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.LeaseState;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.server.config.Leases;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.conn.Connection;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.oplock.LeaseKey;

/**
 * What caching a CREATE asks for: MS-SMB2 3.3.5.9, Oplock Acquisition, 3.3.5.9.8 Handling the SMB2_CREATE_REQUEST_LEASE
 * Create Context, 3.3.5.9.11 Handling the SMB2_CREATE_REQUEST_LEASE_V2 Create Context. Who asks for a lease never gets
 * an oplock: clients do not expect it.
 */
final class CachingRequests {
    private final Leases leases;

    CachingRequests(Leases leases) {
        this.leases = leases;
    }

    /** @param lease the context that asks for a lease, if there is one */
    CachingRequest of(RequestContext context, CreateRequest request, Optional<CreateContext> lease, OpenBreaks breaks) {
        ShareConfig.Oplocks oplocks = context.tree().share().oplocks();
        if (!oplocks.granted()) {
            return CachingRequest.Nothing.INSTANCE;
        }
        return switch (request.requestedOplockLevel()) {
            case OplockLevel.LEASE ->
                lease.map(wanted -> lease(context.connection(), wanted, breaks))
                        .orElse(CachingRequest.Nothing.INSTANCE);
            case OplockLevel.EXCLUSIVE, OplockLevel.BATCH ->
                new CachingRequest.Oplock(
                        CachingLevels.stateOf(request.requestedOplockLevel()), oplocks.levelTwo(), breaks);
            case OplockLevel.II ->
                oplocks.levelTwo()
                        ? new CachingRequest.Oplock(CachingLevels.stateOf(OplockLevel.II), true, breaks)
                        : CachingRequest.Nothing.INSTANCE;
            default -> CachingRequest.Nothing.INSTANCE;
        };
    }

    private CachingRequest lease(Connection connection, CreateContext context, OpenBreaks breaks) {
        if (!leases.files() || !connection.dialect().hasLeases()) {
            return CachingRequest.Nothing.INSTANCE;
        }
        Guid client = connection.clientGuid();
        if (context instanceof CreateContext.RequestLease lease) {
            return new CachingRequest.Lease(
                    new LeaseKey(client, lease.leaseKey()), lease.leaseState(), Optional.empty(), 1, false, 0, breaks);
        }
        if (!(context instanceof CreateContext.RequestLeaseV2 lease)
                || !connection.dialect().isSmb3()) {
            return CachingRequest.Nothing.INSTANCE;
        }
        boolean hasParent = (lease.flags() & LeaseState.FLAG_PARENT_LEASE_KEY_SET) != 0;
        return new CachingRequest.Lease(
                new LeaseKey(client, lease.leaseKey()),
                lease.leaseState(),
                hasParent ? Optional.of(lease.parentLeaseKey()) : Optional.empty(),
                2,
                leases.directories(),
                lease.epoch(),
                breaks);
    }
}
