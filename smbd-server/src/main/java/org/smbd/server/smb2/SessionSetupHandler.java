package org.smbd.server.smb2;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.crypto.PreauthHash;
import org.smbd.protocol.smb2.SecurityMode;
import org.smbd.protocol.smb2.SessionSetupRequest;
import org.smbd.protocol.smb2.SessionSetupResponse;
import org.smbd.server.config.EncryptionPolicy;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.conn.PreauthSession;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;

/**
 * MS-SMB2 3.3.5.5 Receiving an SMB2 SESSION_SETUP Request. The legs of one connection's log-ins come one at a time, on
 * the pool for log-ins.
 */
public final class SessionSetupHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSetupHandler.class);

    private final SessionTable sessions;
    private final Logins logins;
    private final SessionSettings settings;
    private final int tokenBytesMax;
    private final ScheduledExecutorService timer;
    private final SessionSecurity security;
    private final SessionBinding binding;

    /** @param tokenBytesMax longest security token that is looked at */
    public SessionSetupHandler(
            SessionTable sessions,
            Logins logins,
            SessionSettings settings,
            int tokenBytesMax,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.sessions = sessions;
        this.logins = logins;
        this.settings = settings;
        this.tokenBytesMax = tokenBytesMax;
        this.timer = timer;
        this.security = new SessionSecurity(settings);
        this.binding = new SessionBinding(settings, sessions, clock);
    }

    /** Takes a log-in one leg further. */
    public Reply handle(Request context, SessionSetupRequest request) {
        Connection connection = context.connection();
        if (settings.encryption() == EncryptionPolicy.REQUIRED
                && connection.negotiated().cipher().isEmpty()) {
            LOG.warn(
                    "{}: log-in refused, the server demands encryption, which {} cannot do; let the client use SMB 3",
                    connection.peer(),
                    connection.dialect());
            return Reply.failure(NtStatus.ACCESS_DENIED);
        }
        if (request.securityBuffer().readableBytes() > tokenBytesMax) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        boolean binds = (request.flags() & SessionSetupRequest.FLAG_BINDING) != 0;
        Session session = binds ? binding.session(context) : session(context);
        context.answerFor(session);
        return advance(context, request, session, binds);
    }

    private Session session(Request context) {
        long sessionId = context.header().sessionId();
        return sessionId == 0
                ? newSession(context.connection())
                : context.connection().session(sessionId).orElseThrow(NtStatus.USER_SESSION_DELETED::exception);
    }

    /** 3.3.5.5.1 Authenticating a New Session. */
    private Session newSession(Connection connection) {
        Session session = sessions.create(connection.dialect());
        connection.addSession(session);
        return session;
    }

    /**
     * 3.3.5.5.3 Handling GSS-API Authentication; 3.3.5.5.2 Reauthenticating an Existing Session begins as a new one.
     */
    private Reply advance(Request context, SessionSetupRequest request, Session session, boolean binds) {
        Connection connection = context.connection();
        PreauthSession login = connection
                .preauthSessions()
                .computeIfAbsent(
                        session.sessionId(), id -> new PreauthSession(logins.begin(), connection.preauthHash()));
        if (connection.dialect().hasPreauthIntegrity()) {
            login.hash(context.message());
        }
        AuthStep step = login.exchange().step(ByteBufUtil.getBytes(request.securityBuffer()));
        if (step instanceof AuthStep.Continue next) {
            context.onEncoded(login::hash);
            return response(NtStatus.MORE_PROCESSING_REQUIRED, 0, next.token());
        }
        connection.preauthSessions().remove(session.sessionId());
        if (step instanceof AuthStep.Failed failure) {
            if (!binds) { // who cannot bind a session does not end it for those who have it
                session.close();
            }
            return failed(connection, failure);
        }
        AuthStep.Done done = (AuthStep.Done) step;
        return binds
                ? bound(context, session, done, login.preauthHash())
                : done(context, request, session, done, login.preauthHash());
    }

    /** 3.3.5.5.3, where SMB2_SESSION_FLAG_BINDING is set: the connection becomes a channel of the session. */
    private Reply bound(Request context, Session session, AuthStep.Done done, PreauthHash preauth) {
        Connection connection = context.connection();
        SecurityContext user = done.context();
        if (user.kind() != SecurityContext.Kind.USER
                || !user.userSid().equals(session.securityContext().userSid())) {
            LOG.warn(
                    "{}: {} may not bind a session of {}",
                    connection.peer(),
                    user.accountName(),
                    session.securityContext().accountName());
            return Reply.failure(NtStatus.ACCESS_DENIED); // as Windows; 3.3.5.5 has NOT_SUPPORTED
        }
        connection.bind(session, security.ofChannel(session, connection.negotiated(), done, preauth));
        connection.setAuthenticated();
        logins.succeeded(user.accountName(), connection.peer().address());
        context.signReply();
        LOG.info(
                "{}: {} uses the session {} over one more connection, {} in all",
                connection.peer(),
                user.accountName(),
                Long.toHexString(session.sessionId()),
                session.channels().size());
        return response(NtStatus.SUCCESS, 0, done.token());
    }

    private Reply failed(Connection connection, AuthStep.Failed failure) {
        String account = failure.account().map(LogText::clean).orElse("");
        LOG.warn("{}: log-in of \"{}\" refused: {}", connection.peer(), account, failure.reason());
        Reply reply = Reply.failure(failure.status());
        Duration delay = logins.failed(account, connection.peer().address());
        return delay.isZero() ? reply : new Reply.Pending(new LateReply(reply, delay, timer));
    }

    private Reply done(
            Request context, SessionSetupRequest request, Session session, AuthStep.Done done, PreauthHash preauth) {
        Connection connection = context.connection();
        SecurityContext user = done.context();
        boolean known = user.kind() == SecurityContext.Kind.USER;
        if (!known) {
            Optional<String> refusal = whyNotAsStranger(connection, user);
            if (refusal.isPresent()) {
                LOG.warn("{}: {} log-in refused, {}", connection.peer(), LogText.kind(user), refusal.get());
                session.close();
                return Reply.failure(NtStatus.ACCESS_DENIED);
            }
        }
        boolean renewed = session.established().isPresent();
        Session.Established facts = renewed
                ? security.renew(session.established().get(), done)
                : security.establish(
                        connection.negotiated(),
                        signingDemanded(connection, request),
                        isOfSomebodyKnown(connection),
                        done,
                        preauth);
        if (!session.establish(facts)) {
            return Reply.failure(NtStatus.USER_SESSION_DELETED);
        }
        connection.setAuthenticated();
        if (known) {
            logins.succeeded(user.accountName(), connection.peer().address());
            context.signReply();
        }
        replacePrevious(request.previousSessionId(), session);
        log(connection, facts, done, renewed);
        int flags = (user.isGuest() ? SessionSetupResponse.FLAG_IS_GUEST : 0)
                | (user.isAnonymous() ? SessionSetupResponse.FLAG_IS_NULL : 0)
                | (facts.encryptData() ? SessionSetupResponse.FLAG_ENCRYPT_DATA : 0);
        return response(NtStatus.SUCCESS, flags, done.token());
    }

    /** Whether somebody with an account is logged in on a connection. */
    private static boolean isOfSomebodyKnown(Connection connection) {
        return connection.sessions().stream()
                .flatMap(session -> session.established().stream())
                .anyMatch(facts -> facts.context().kind() == SecurityContext.Kind.USER);
    }

    /** Session.SigningRequired where neither encryption nor a guest says otherwise. */
    private boolean signingDemanded(Connection connection, SessionSetupRequest request) {
        int asked = request.securityMode() | connection.clientSecurityMode();
        return settings.signingRequired() || (asked & SecurityMode.SIGNING_REQUIRED) != 0;
    }

    /** A guest shares no key with the server, and the key of an anonymous user is no secret. */
    private Optional<String> whyNotAsStranger(Connection connection, SecurityContext user) {
        if (settings.signingRequired()) {
            return Optional.of("server signing = mandatory and such a session has no key that is a secret:"
                    + " log in with an account, or set server signing = default");
        }
        if (settings.encryption() == EncryptionPolicy.REQUIRED) {
            return Optional.of(
                    "server smb encrypt = required and such a session cannot encrypt: log in with an account");
        }
        if (user.isGuest() && (connection.clientSecurityMode() & SecurityMode.SIGNING_REQUIRED) != 0) {
            LOG.warn(
                    "{}: this client demands signing, which a guest cannot do, and will most likely give up"
                            + " (Windows 11 24H2 does): log in with an account, or let the client"
                            + " allow unsigned guests",
                    connection.peer());
        }
        return Optional.empty();
    }

    /** 3.3.5.5.3: PreviousSessionId names a session of the same user whose connection was lost. */
    private void replacePrevious(long previousSessionId, Session session) {
        if (previousSessionId == 0 || previousSessionId == session.sessionId()) {
            return;
        }
        sessions.find(previousSessionId)
                .filter(old -> old.established().isPresent()
                        && old.securityContext()
                                .userSid()
                                .equals(session.securityContext().userSid())
                        && old.securityContext().kind()
                                == session.securityContext().kind())
                .ifPresent(Session::close);
    }

    private static void log(Connection connection, Session.Established facts, AuthStep.Done done, boolean renewed) {
        Negotiated negotiated = connection.negotiated();
        LOG.info(
                "{}: {} {} ({}, SMB {}, {})",
                connection.peer(),
                facts.context().accountName(),
                renewed ? "renewed its log-in" : "logged in",
                facts.context().kind() == SecurityContext.Kind.USER ? done.mechanism() : LogText.kind(facts.context()),
                negotiated.dialect(),
                facts.encryptData()
                        ? "encrypted by " + negotiated.cipher().orElseThrow()
                        : facts.signingRequired() ? "signed by " + negotiated.signing() : "signing not required");
    }

    private static Reply response(NtStatus status, int flags, byte[] token) {
        return new Reply.Success(status, new SessionSetupResponse(flags, Unpooled.wrappedBuffer(token)), 0);
    }
}
