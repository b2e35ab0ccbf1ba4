package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.auth.mechanism.AuthExchange;
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
    private final ConcurrentMap<Session, Login> pending = new ConcurrentHashMap<>();

    /**
     * A log-in between two legs. Log-in lane only.
     *
     * <p>PreauthIntegrityHashValue of the session is kept here: nobody needs it once the keys are made.
     */
    private static final class Login {
        private final AuthExchange exchange;
        private PreauthHash preauthHash;

        Login(AuthExchange exchange, PreauthHash preauthHash) {
            this.exchange = exchange;
            this.preauthHash = preauthHash;
        }
    }

    /** @param tokenBytesMax longest security token that is looked at */
    public SessionSetupHandler(
            SessionTable sessions,
            Logins logins,
            SessionSettings settings,
            int tokenBytesMax,
            ScheduledExecutorService timer) {
        this.sessions = sessions;
        this.logins = logins;
        this.settings = settings;
        this.tokenBytesMax = tokenBytesMax;
        this.timer = timer;
        this.security = new SessionSecurity(settings);
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
        if ((request.flags() & SessionSetupRequest.FLAG_BINDING) != 0) {
            return Reply.failure(NtStatus.REQUEST_NOT_ACCEPTED); // IsMultiChannelCapable is FALSE
        }
        if (request.securityBuffer().readableBytes() > tokenBytesMax) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        Session session = context.header().sessionId() == 0
                ? newSession(connection)
                : connection
                        .session(context.header().sessionId())
                        .orElseThrow(NtStatus.USER_SESSION_DELETED::exception);
        context.answerFor(session);
        return advance(context, request, session);
    }

    /** 3.3.5.5.1 Authenticating a New Session. */
    private Session newSession(Connection connection) {
        Session session = sessions.create(connection.dialect());
        connection.addSession(session);
        session.onClose(() -> pending.remove(session));
        return session;
    }

    /**
     * 3.3.5.5.3 Handling GSS-API Authentication; 3.3.5.5.2 Reauthenticating an Existing Session begins as a new one.
     */
    private Reply advance(Request context, SessionSetupRequest request, Session session) {
        Connection connection = context.connection();
        Login login = pending.computeIfAbsent(session, key -> new Login(logins.begin(), connection.preauthHash()));
        if (connection.dialect().hasPreauthIntegrity()) {
            ByteBuf message = context.message();
            login.preauthHash = login.preauthHash.with(message, message.readerIndex(), message.readableBytes());
        }
        AuthStep step = login.exchange.step(ByteBufUtil.getBytes(request.securityBuffer()));
        if (step instanceof AuthStep.Continue next) {
            context.onEncoded(response -> login.preauthHash =
                    login.preauthHash.with(response, response.readerIndex(), response.readableBytes()));
            return response(NtStatus.MORE_PROCESSING_REQUIRED, 0, next.token());
        }
        pending.remove(session);
        return step instanceof AuthStep.Done done
                ? done(context, request, session, done, login.preauthHash)
                : failed(connection, session, (AuthStep.Failed) step);
    }

    private Reply failed(Connection connection, Session session, AuthStep.Failed failure) {
        String account = failure.account().map(LogText::clean).orElse("");
        LOG.warn("{}: log-in of \"{}\" refused: {}", connection.peer(), account, failure.reason());
        session.close();
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
