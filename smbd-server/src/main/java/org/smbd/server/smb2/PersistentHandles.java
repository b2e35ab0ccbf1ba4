package org.smbd.server.smb2;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Guid;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.server.persistent.HandleJournal;
import org.smbd.server.persistent.KeptOpen;
import org.smbd.server.persistent.OpenDescription;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.OpenResult;
import org.smbd.vfs.oplock.CachingState;
import org.smbd.vfs.oplock.LeaseKey;

/** Opens that survive the server: Open.IsPersistent of MS-SMB2 3.3.1.10 Per Open, where Share.IsCA is TRUE. */
final class PersistentHandles {
    private static final Logger LOG = LoggerFactory.getLogger(PersistentHandles.class);

    private final Optional<HandleJournal> journal;

    /** @param journal where they are kept; empty: there are none */
    PersistentHandles(Optional<HandleJournal> journal) {
        this.journal = journal;
    }

    /** Whether opens of this tree connect may be persistent, for this client. */
    boolean areServed(RequestContext context) {
        return journal.isPresent()
                && context.tree().share().oplocks().continuous()
                && (context.connection().serverCapabilities() & GlobalCapabilities.PERSISTENT_HANDLES) != 0;
    }

    /** Share.IsCA, as far as this client is concerned. */
    static boolean isContinuouslyAvailable(TreeConnect tree, int serverCapabilities) {
        return tree.share().oplocks().continuous() && (serverCapabilities & GlobalCapabilities.PERSISTENT_HANDLES) != 0;
    }

    /**
     * Makes an open persistent: it is on disk when this returns.
     *
     * @return empty if it is not to be: a directory, a stream, a previous version, somebody without an account
     */
    Optional<KeptOpen> keep(
            RequestContext context,
            CreateRequest request,
            OpenHandle open,
            OpenResult result,
            DurableRequest.Version2 durable,
            Duration timeout) {
        SecurityContext user = context.session().securityContext();
        if (!durable.persistent()
                || !areServed(context)
                || result.open().isDirectory()
                || request.name().indexOf(':') >= 0
                || request.name().indexOf('@') >= 0
                || user.kind() != SecurityContext.Kind.USER) {
            return Optional.empty();
        }
        try {
            return Optional.of(journal.orElseThrow()
                    .keep(
                            description(context, request, open, result, durable, timeout),
                            result.open().path()));
        } catch (SmbException failed) { // which has been logged: the open is as good as another
            LOG.warn("{}: an open is not persistent", context.connection().peer());
            return Optional.empty();
        }
    }

    @SuppressWarnings("EnumOrdinal") // the ordinal of a CreateAction is its wire value
    private static OpenDescription description(
            RequestContext context,
            CreateRequest request,
            OpenHandle open,
            OpenResult result,
            DurableRequest.Version2 durable,
            Duration timeout) {
        return new OpenDescription(
                open.fileId().persistentId(),
                durable.createGuid(),
                context.connection().clientGuid(),
                context.session().securityContext().accountName(),
                context.connection().peer().address().getAddress(),
                context.tree().share().name(),
                request.desiredAccess(),
                result.open().grantedAccess(),
                request.shareAccess(),
                request.createOptions(),
                timeout.toMillis(),
                result.action().ordinal(),
                cache(result.open().caching().state()));
    }

    private static OpenDescription.Cache cache(CachingState state) {
        Optional<Guid> key = state.lease().map(LeaseKey::key);
        return new OpenDescription.Cache(state.state(), key, state.parentKey(), state.version(), state.epoch());
    }
}
