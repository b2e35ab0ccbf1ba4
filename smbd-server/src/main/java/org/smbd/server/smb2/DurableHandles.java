package org.smbd.server.smb2;

import java.time.Duration;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.FileId;
import org.smbd.server.config.Limits;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.Channel;
import org.smbd.server.session.Durability;
import org.smbd.server.session.DurableOpens;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.ParkedOpen;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;
import org.smbd.vfs.OpenResult;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingState;

/** Durable opens: who gets one, and who may come back for it. */
final class DurableHandles {
    /** Open.CreateGuid of an open that was not given one. */
    private static final Guid NO_GUID = new Guid(0, 0);

    private final SessionTable sessions;
    private final PersistentHandles persistent;
    private final DurableOpens opens;
    private final Duration timeout;
    private final Duration timeoutMax;

    DurableHandles(SessionTable sessions, Limits limits, PersistentHandles persistent) {
        this.sessions = sessions;
        this.persistent = persistent;
        this.opens = sessions.durableOpens();
        this.timeout = limits.durable();
        this.timeoutMax = limits.durableMax();
    }

    /**
     * MS-SMB2 3.3.5.9.6 Handling the SMB2_CREATE_DURABLE_HANDLE_REQUEST Create Context, 3.3.5.9.10 Handling the
     * SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2 Create Context, Successful Open Initialization: a file whose handle the
     * client may cache.
     *
     * @return what the client is told, if it is granted
     */
    Optional<CreateContextResponse> grant(
            RequestContext context, CreateRequest create, OpenHandle open, OpenResult result, DurableRequest request) {
        if (request instanceof DurableRequest.Version2 version2) {
            Optional<CreateContextResponse> persists = grantPersistent(context, create, open, result, version2);
            if (persists.isPresent()) {
                return persists;
            }
        }
        CachingState granted = result.open().caching().state();
        if (result.open().isDirectory()
                || context.session().securityContext().kind() != SecurityContext.Kind.USER // anybody may be a guest
                || !open.tree().share().oplocks().durable()
                || !Caching.has(granted.state(), Caching.HANDLE)) {
            return Optional.empty();
        }
        if (request instanceof DurableRequest.Version1) {
            open.setDurability(durability(Durability.Kind.DURABLE, context, timeout, Optional.empty()));
            return Optional.of(new CreateContextResponse.DurableHandle());
        }
        if (request instanceof DurableRequest.Version2 version2) {
            Duration kept = timeout(Integer.toUnsignedLong(version2.timeoutMillis()));
            open.setDurability(durability(Durability.Kind.DURABLE, context, kept, Optional.of(version2.createGuid())));
            return Optional.of(new CreateContextResponse.DurableHandleV2((int) kept.toMillis(), 0));
        }
        return Optional.empty();
    }

    /** It is on disk before it is promised, whatever the client may cache. */
    private Optional<CreateContextResponse> grantPersistent(
            RequestContext context,
            CreateRequest create,
            OpenHandle open,
            OpenResult result,
            DurableRequest.Version2 request) {
        Duration time = timeout(Integer.toUnsignedLong(request.timeoutMillis()));
        return persistent.keep(context, create, open, result, request, time).map(kept -> {
            open.setKept(kept);
            open.setDurability(
                    durability(Durability.Kind.PERSISTENT, context, time, Optional.of(request.createGuid())));
            return new CreateContextResponse.DurableHandleV2(
                    (int) time.toMillis(), CreateContext.DurableHandleRequestV2.FLAG_PERSISTENT);
        });
    }

    /**
     * 3.3.5.9, before all: nobody opens a file that somebody has open persistently who is on the way back.
     *
     * @throws org.smbd.core.status.SmbException FILE_NOT_AVAILABLE
     */
    void requireNobodyIsAwaited(RequestContext context, String path) {
        if (opens.isHeld(context.tree().share().name(), path)) {
            throw NtStatus.FILE_NOT_AVAILABLE.exception();
        }
    }

    private Duration timeout(long wantedMillis) {
        Duration wanted = wantedMillis == 0 ? timeout : Duration.ofMillis(wantedMillis);
        return wanted.compareTo(timeoutMax) > 0 ? timeoutMax : wanted;
    }

    private static Durability durability(
            Durability.Kind kind, RequestContext context, Duration timeout, Optional<Guid> createGuid) {
        return new Durability(
                kind,
                timeout,
                context.session().securityContext().userSid(),
                context.connection().clientGuid(),
                createGuid);
    }

    /**
     * 3.3.5.9.7 Handling the SMB2_CREATE_DURABLE_HANDLE_RECONNECT Create Context, 3.3.5.9.12 Handling the
     * SMB2_CREATE_DURABLE_HANDLE_RECONNECT_V2 Create Context: the open, if it is the client's.
     *
     * @param lease the context that names a lease, if there is one
     */
    ParkedOpen find(
            RequestContext context,
            CreateRequest request,
            DurableRequest.Reconnect reconnect,
            Optional<CreateContext> lease) {
        ParkedOpen kept = lookUp(context, reconnect).orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception);
        Durability durability = kept.durability();
        CachingState caching = kept.file().open().caching().state();
        boolean sameClient = caching.lease().isEmpty()
                || durability.client().equals(context.connection().clientGuid());
        boolean persists = durability.kind() == Durability.Kind.PERSISTENT;
        boolean keepsHandle =
                durability.kind() != Durability.Kind.DURABLE || Caching.has(caching.state(), Caching.HANDLE);
        if (!sameClient
                || !isSameLease(caching, lease)
                || !keepsHandle
                || persists && reconnect.createGuid().isPresent() && !reconnect.persistent()
                || reconnect
                        .createGuid()
                        .filter(guid -> !guid.equals(durability.createGuid().orElse(NO_GUID)))
                        .isPresent()) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        boolean sameName = kept.file().open().isAt(request.name());
        if (caching.lease().isPresent() && !sameName || reconnect.persistent() && !persists) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (!durability.owner().equals(context.session().securityContext().userSid())) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (!kept.handle()
                .tree()
                .share()
                .name()
                .equalsIgnoreCase(context.tree().share().name())) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        return kept;
    }

    /** Where the connection of its session has died, and nobody has noticed, that session ends now. */
    private Optional<ParkedOpen> lookUp(RequestContext context, DurableRequest.Reconnect reconnect) {
        long id = reconnect.fileId().persistentId();
        Optional<ParkedOpen> kept = opens.find(id);
        if (kept.isEmpty()) {
            sessions.findByOpen(id)
                    .filter(session -> session.channels().stream().noneMatch(Channel::isOpen))
                    .ifPresent(Session::close);
            kept = opens.find(id);
        }
        if (kept.isEmpty() && reconnect.persistent() && persistent.areServed(context)) {
            return reconnect.createGuid().flatMap(opens::findPersistent);
        }
        return kept;
    }

    /** Whether a CREATE names the lease that an open has, or none where it has none. */
    boolean isSameLease(CachingState caching, Optional<CreateContext> lease) {
        return caching.lease().isPresent()
                ? lease.filter(named -> isNamed(caching, named)).isPresent()
                : lease.isEmpty();
    }

    /** The persistent open of a CREATE that is sent again, if it has no session. */
    Optional<ParkedOpen> persistent(RequestContext context, DurableRequest.Version2 request) {
        return request.persistent() && persistent.areServed(context)
                ? opens.findPersistent(request.createGuid())
                : Optional.empty();
    }

    /** The open, if it has no session. */
    Optional<ParkedOpen> parked(FileId fileId) {
        return opens.find(fileId.persistentId());
    }

    private static boolean isNamed(CachingState caching, CreateContext context) {
        if (context instanceof CreateContext.RequestLease lease) {
            return caching.version() == 1
                    && lease.leaseKey().equals(caching.lease().get().key());
        }
        return context instanceof CreateContext.RequestLeaseV2 lease
                && caching.version() == 2
                && lease.leaseKey().equals(caching.lease().get().key());
    }

    /** Goes on with it. */
    OpenHandle reconnect(RequestContext context, ParkedOpen kept) {
        return opens.reconnect(kept, context.session(), context.tree())
                .orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception);
    }

    /** A break could not be told: see {@link DurableOpens#cacheLost}. */
    void cacheLost(OpenHandle open) {
        opens.cacheLost(open.fileId());
    }
}
