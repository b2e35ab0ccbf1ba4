package org.smbd.server.smb2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.core.type.Sid;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.server.persistent.OpenDescription;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.CreateReplays;
import org.smbd.server.session.Durability;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.ParkedOpen;
import org.smbd.server.session.ReplayableCreate;
import org.smbd.server.session.SessionTable;
import org.smbd.vfs.OpenResult;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingState;

/**
 * CREATEs that come twice, for the client has lost the answer of the first: MS-SMB2 3.3.5.9 Receiving an SMB2 CREATE
 * Request, 3.3.5.9.10 Handling the SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2 Create Context.
 */
final class CreateReplay {
    /** 3.3.5.9.10: what makes an open worth to be found again. */
    private static final int DATA_ACCESS = AccessMask.FILE_READ_DATA
            | AccessMask.FILE_EXECUTE
            | AccessMask.FILE_WRITE_DATA
            | AccessMask.FILE_APPEND_DATA
            | AccessMask.DELETE;

    private final CreateReplays creates;
    private final DurableHandles durables;

    CreateReplay(SessionTable sessions, DurableHandles durables) {
        this.creates = sessions.createReplays();
        this.durables = durables;
    }

    /** What is known of a CREATE that came: that it is new, or what the first one has come to. */
    sealed interface Known {
        /** It is to be carried out. */
        record New(ReplayableCreate create) implements Known {}

        /** Its open is in this session. */
        record Open(ReplayableCreate.Made made) implements Known {}

        /** Its open has lost its session. */
        record Parked(ReplayableCreate.Made made, ParkedOpen parked) implements Known {}
    }

    /**
     * Finds the first one, or notes that this is it.
     *
     * @param lease the context that names a lease, if there is one
     * @throws org.smbd.core.status.SmbException DUPLICATE_OBJECTID if it is not said to be sent again, or is another
     *     session's; FILE_NOT_AVAILABLE while the first one is under way; ACCESS_DENIED for another user or lease
     */
    Known find(
            RequestContext context,
            CreateRequest request,
            DurableRequest.Version2 durable,
            Optional<CreateContext> lease) {
        Guid client = context.connection().clientGuid();
        Guid createGuid = durable.createGuid();
        while (true) {
            Optional<ReplayableCreate> found = creates.find(client, createGuid);
            if (found.isPresent()) {
                return known(context, found.get(), lease);
            }
            if (context.header().has(Smb2Flags.REPLAY_OPERATION)) {
                Optional<ParkedOpen> parked = durables.persistent(context, durable);
                if (parked.isPresent()) {
                    return persistent(context, request, parked.get());
                }
            }
            Optional<ReplayableCreate> begun = creates.begin(client, createGuid);
            if (begun.isPresent()) {
                return new Known.New(begun.get());
            }
        }
    }

    /** 3.3.5.9: a persistent open may be asked for again whether it was used or not. */
    private static Known persistent(RequestContext context, CreateRequest request, ParkedOpen parked) {
        OpenDescription open = parked.handle().kept().orElseThrow().description();
        Sid user = context.session().securityContext().userSid();
        if (!parked.durability().owner().equals(user)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (open.createOptions() != request.createOptions()
                || open.desiredAccess() != request.desiredAccess()
                || open.shareAccess() != request.shareAccess()) {
            throw NtStatus.CONTEXT_MISMATCH.exception();
        }
        CreateAction action = CreateAction.values()[open.createAction()];
        return new Known.Parked(new ReplayableCreate.Made(parked.handle(), action, user), parked);
    }

    private Known known(RequestContext context, ReplayableCreate create, Optional<CreateContext> lease) {
        if (!context.header().has(Smb2Flags.REPLAY_OPERATION)) {
            throw NtStatus.DUPLICATE_OBJECTID.exception();
        }
        ReplayableCreate.Made made = create.made();
        if (made == null) { // 3.3.5.9.10 knows of none that waits; smb2.replay.dhv2-pending* pin it
            throw NtStatus.FILE_NOT_AVAILABLE.exception();
        }
        Sid user = context.session().securityContext().userSid();
        if (!made.owner().equals(user)
                || !durables.isSameLease(made.file().open().caching().state(), lease)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (isOf(context, made.open())) {
            return new Known.Open(made);
        }
        ParkedOpen parked = durables.parked(made.open().fileId()).orElseThrow(NtStatus.DUPLICATE_OBJECTID::exception);
        return new Known.Parked(made, parked);
    }

    private static boolean isOf(RequestContext context, OpenHandle open) {
        return context.session()
                .find(open.fileId())
                .filter(found -> found == open)
                .isPresent();
    }

    /** A CREATE has made its open: from now on it may be sent again, if the open is one to be found. */
    static void made(RequestContext context, ReplayableCreate create, OpenHandle open, OpenResult result) {
        if (!result.open().isDirectory() && (result.open().grantedAccess() & DATA_ACCESS) != 0) {
            create.done(
                    open, result.action(), context.session().securityContext().userSid());
        }
    }

    /**
     * What the oplock of the open looks like to a client that asks for it again: no more than it asks for this time, as
     * smb2.replay.replay-dhv2-oplock2 pins Windows.
     */
    static CachingState asAskedFor(CachingState held, int oplockLevel) {
        if (held.lease().isPresent()) {
            return held;
        }
        int wanted = Math.max(CachingLevels.stateOf(oplockLevel), Caching.NONE);
        return new CachingState(
                held.lease(), held.parentKey(), held.version(), held.state() & wanted, held.breaking(), held.epoch());
    }

    /** The context of an open that is durable: 3.3.5.9.10. */
    static List<CreateContextResponse> durableContext(OpenHandle open, CachingState shown) {
        List<CreateContextResponse> contexts = new ArrayList<>(1);
        open.durability()
                .filter(durability -> durability.kind() != Durability.Kind.RESILIENT)
                .filter(durability -> durability.kind() == Durability.Kind.PERSISTENT
                        || shown.lease().isPresent()
                        || Caching.has(shown.state(), Caching.BATCH))
                .ifPresent(durability -> contexts.add(new CreateContextResponse.DurableHandleV2(
                        (int) durability.timeout().toMillis(),
                        durability.kind() == Durability.Kind.PERSISTENT
                                ? CreateContext.DurableHandleRequestV2.FLAG_PERSISTENT
                                : 0)));
        return contexts;
    }
}
