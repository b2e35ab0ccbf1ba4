package org.smbd.server.smb2;

import java.time.InstantSource;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.server.conn.Connection;
import org.smbd.server.pipeline.Request;
import org.smbd.server.session.Channel;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;

/**
 * Whether a session may be bound to one more connection: the list of MS-SMB2 3.3.5.5 Receiving an SMB2 SESSION_SETUP
 * Request for SMB2_SESSION_FLAG_BINDING. The signature was checked before, with the session's key.
 *
 * <p>Where Windows is known to answer otherwise, or to check in another order, it is followed; the tests
 * smb2.session.bind_negative_* pin it. So a connection with another ClientGuid may be bound.
 */
final class SessionBinding {
    private final SessionSettings settings;
    private final SessionTable sessions;
    private final InstantSource clock;

    SessionBinding(SessionSettings settings, SessionTable sessions, InstantSource clock) {
        this.settings = settings;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * The session that a request wants to bind.
     *
     * @throws org.smbd.core.status.SmbException why it may not be bound to this connection
     */
    Session session(Request context) {
        Connection connection = context.connection();
        long sessionId = context.header().sessionId();
        if (sessionId == 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        Session session = sessions.find(sessionId).orElseThrow(NtStatus.USER_SESSION_DELETED::exception);
        Channel first = session.channels().stream().findFirst().orElseThrow(NtStatus.USER_SESSION_DELETED::exception);
        mismatch(first, connection, context.header().has(Smb2Flags.SIGNED)).ifPresent(status -> {
            throw status.exception();
        });
        requireUsable(session);
        if (connection.session(sessionId).isPresent()) {
            throw NtStatus.REQUEST_NOT_ACCEPTED.exception();
        }
        boolean begins = !connection.preauthSessions().containsKey(sessionId);
        if (begins
                && (connection.isFull()
                        || session.channels().size() >= connection.limits().channelsMax())) {
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
        return session;
    }

    /** What of this connection does not fit to {@code first}, Session.Connection. */
    private Optional<NtStatus> mismatch(Channel first, Connection connection, boolean signed) {
        boolean gmac = first.signing() == SigningAlgorithm.AES_GMAC;
        if (gmac && connection.signing() != SigningAlgorithm.AES_GMAC) {
            return Optional.of(NtStatus.REQUEST_OUT_OF_SEQUENCE);
        }
        if (!gmac && connection.signing() == SigningAlgorithm.AES_GMAC) {
            return Optional.of(NtStatus.NOT_SUPPORTED);
        }
        if (!connection.dialect().isSmb3() || !settings.multiChannel()) {
            return Optional.of(NtStatus.REQUEST_NOT_ACCEPTED);
        }
        boolean fits = signed
                && first.dialect() == connection.dialect()
                && first.cipher().equals(connection.cipher()); // SupportsNotifications is false for both
        return fits ? Optional.empty() : Optional.of(NtStatus.INVALID_PARAMETER);
    }

    private void requireUsable(Session session) {
        switch (session.state(clock.instant())) {
            case IN_PROGRESS -> throw NtStatus.REQUEST_NOT_ACCEPTED.exception();
            case EXPIRED -> throw NtStatus.NETWORK_SESSION_EXPIRED.exception();
            case CLOSED -> throw NtStatus.USER_SESSION_DELETED.exception();
            case VALID -> {}
        }
        if (session.securityContext().kind() != SecurityContext.Kind.USER) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
    }
}
