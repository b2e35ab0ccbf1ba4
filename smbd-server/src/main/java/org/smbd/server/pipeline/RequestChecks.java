package org.smbd.server.pipeline;

import java.time.InstantSource;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;

/**
 * Finds the session, tree connect and open that a request names, or says why it may not go on: MS-SMB2 3.3.5.2.9 to
 * 3.3.5.2.11. The first request of a frame is checked in the lane of its connection, so that opens are taken in the
 * order of arrival; later ones when it is their turn.
 */
final class RequestChecks {
    private final CommandHandler handler;
    private final InstantSource clock;

    RequestChecks(CommandHandler handler, InstantSource clock) {
        this.handler = handler;
        this.clock = clock;
    }

    /**
     * Admits the first request of a frame; false if its open is still in use, and {@code whenAlone} goes on with it.
     */
    boolean admitFirst(Request request, Runnable whenAlone) {
        if (request.header().isRelated()) { // 3.3.5.2.7.2: nothing comes before the first
            request.refuse(NtStatus.INVALID_PARAMETER);
        }
        return admitRequest(request, null, whenAlone);
    }

    /** Admits a later one, when it is its turn: a related one gets its ids here. */
    boolean admitLater(Request request, RelatedIds related, Runnable whenAlone) {
        if (!request.header().isRelated()) {
            return admitRequest(request, null, whenAlone);
        }
        if (request.refusal() == null) {
            request.refuse(related.refusal(request.header().command()));
        }
        request.setHeader(related.resolve(request.header()));
        return admitRequest(request, related.fileId(), whenAlone);
    }

    private boolean admitRequest(Request request, FileId inherited, Runnable whenAlone) {
        if (request.unknownCommand() >= 0 && request.refusal() == null) {
            request.refuse(NtStatus.INVALID_PARAMETER);
        }
        if (request.refusal() == null && handler.isAboutConnection(request)) {
            return true;
        }
        if (request.refusal() == null) {
            request.refuse(verifySession(request));
        }
        if (request.refusal() == null) {
            request.refuse(verifyTreeConnect(request));
        }
        if (request.refusal() != null || !request.header().command().hasFileId()) {
            return true;
        }
        return findOpen(request, inherited == null ? readFileId(request) : inherited, whenAlone);
    }

    /** 3.3.5.2.9 Verifying the Session; null if it may go on. */
    private NtStatus verifySession(Request request) {
        Smb2Command command = request.header().command();
        Optional<Session> found = request.connection().session(request.header().sessionId());
        if (!command.needsSession()) {
            return null;
        }
        if (found.isEmpty()) {
            return NtStatus.USER_SESSION_DELETED;
        }
        Session session = found.get();
        request.setSession(session);
        boolean always = command == Smb2Command.LOGOFF || command == Smb2Command.CLOSE || command == Smb2Command.LOCK;
        switch (session.state(clock.instant())) {
            case IN_PROGRESS -> {
                if (command != Smb2Command.LOGOFF) {
                    return NtStatus.USER_SESSION_DELETED;
                }
            }
            case EXPIRED -> {
                if (!always) {
                    return NtStatus.NETWORK_SESSION_EXPIRED;
                }
            }
            case CLOSED -> {
                return NtStatus.USER_SESSION_DELETED;
            }
            case VALID -> {}
        }
        return session.encryptData() && !request.isSealed() ? NtStatus.ACCESS_DENIED : null;
    }

    /** 3.3.5.2.11 Verifying the Tree Connect; null if it may go on. */
    private static NtStatus verifyTreeConnect(Request request) {
        if (!request.header().command().needsTree()) {
            return null;
        }
        Optional<TreeConnect> tree = request.session().tree(request.header().treeId());
        if (tree.isEmpty()) {
            return NtStatus.NETWORK_NAME_DELETED;
        }
        request.setTree(tree.get());
        return tree.get().encryptData() && !request.isSealed() ? NtStatus.ACCESS_DENIED : null;
    }

    /** References the open; false if a CLOSE has to wait for the requests before it. */
    private static boolean findOpen(Request request, FileId named, Runnable whenAlone) {
        if (named == null) {
            return true;
        }
        request.setOpen(named, null);
        Optional<OpenHandle> found = request.session().find(named).filter(open -> open.tree() == request.tree());
        if (found.isEmpty()) {
            return true;
        }
        OpenHandle open = found.get();
        if (request.header().command() == Smb2Command.CLOSE) {
            return acquireForClose(request, named, open, whenAlone);
        }
        if (open.acquire()) {
            request.setOpen(named, open);
            open.used();
            verifyChannelSequence(request, open);
        }
        return true;
    }

    private static boolean acquireForClose(Request request, FileId named, OpenHandle open, Runnable whenAlone) {
        request.setOpen(named, open); // before another thread may go on
        return switch (open.acquireForClose(whenAlone)) {
            case ALONE -> true;
            case WAIT -> false;
            case CLOSED -> {
                request.setOpen(named, null);
                yield true;
            }
        };
    }

    /** The FileId where the command has it; null if the message ends before. */
    private static FileId readFileId(Request request) {
        int offset = Smb2Header.SIZE_BYTES + request.header().command().fileIdOffset();
        if (request.message().readableBytes() < offset + FileId.SIZE_BYTES) {
            return null;
        }
        return new FileId(request.message().getLongLE(offset), request.message().getLongLE(offset + Long.BYTES));
    }

    /** 3.3.5.2.10 Verifying the Channel Sequence Number. */
    private static void verifyChannelSequence(Request request, OpenHandle open) {
        Smb2Header header = request.header();
        if (!request.connection().dialect().isSmb3()) {
            return;
        }
        if (open.channelSequence().begin(header.channelSequence(), header.has(Smb2Flags.REPLAY_OPERATION))) {
            request.setSequenced();
        } else if (header.command().modifies()) {
            request.refuse(NtStatus.FILE_NOT_AVAILABLE);
        }
    }
}
