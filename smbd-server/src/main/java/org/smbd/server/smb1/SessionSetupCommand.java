package org.smbd.server.smb1;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.ntlm.NtlmResponses;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.smb1.Smb1Flags;
import org.smbd.protocol.smb1.Smb1SessionRequest;
import org.smbd.protocol.smb1.Smb1SessionResponse;
import org.smbd.protocol.smb1.Smb1Signature;
import org.smbd.server.conn.Connection;
import org.smbd.server.session.MessageSecurity;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;
import org.smbd.server.smb2.LogText;
import org.smbd.server.smb2.Logins;

/**
 * MS-CIFS 3.3.5.43 Receiving an SMB_COM_SESSION_SETUP_ANDX Request, MS-SMB 3.3.5.3. The legs of one connection's
 * log-ins come one at a time, on the pool for log-ins.
 */
final class SessionSetupCommand implements Smb1Handler {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSetupCommand.class);

    private static final String NATIVE_OS = "Unix";
    private static final String NATIVE_LANMAN = "smbd";
    private static final byte[] NONE = {};

    private final SessionTable sessions;
    private final Logins logins;
    private final Smb1Settings settings;
    private final int tokenBytesMax;
    private final ScheduledExecutorService timer;
    private final Map<Session, AuthExchange> pending = new ConcurrentHashMap<>();

    /** @param tokenBytesMax longest security token that is looked at */
    SessionSetupCommand(
            SessionTable sessions,
            Logins logins,
            Smb1Settings settings,
            int tokenBytesMax,
            ScheduledExecutorService timer) {
        this.sessions = sessions;
        this.logins = logins;
        this.settings = settings;
        this.tokenBytesMax = tokenBytesMax;
        this.timer = timer;
    }

    @Override
    public Smb1Reply handle(Smb1Call call) {
        Smb1SessionRequest request = Smb1SessionRequest.decodeSetup(call.block(), call.text());
        if (request instanceof Smb1SessionRequest.SetupWithToken withToken) {
            return byToken(call, withToken);
        }
        return byResponses(call, (Smb1SessionRequest.SetupWithResponses) request);
    }

    private Smb1Reply byToken(Smb1Call call, Smb1SessionRequest.SetupWithToken request) {
        Smb1Connection connection = call.connection();
        if (!connection.hasExtendedSecurity() || request.token().length > tokenBytesMax) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        connection.setClient(request.maxBufferSize(), request.capabilities());
        Session session = connection.login(call.uid()).orElseGet(() -> newSession(call));
        AuthExchange exchange = pending.computeIfAbsent(session, key -> logins.begin());
        AuthStep step = exchange.step(request.token());
        if (step instanceof AuthStep.Continue next) {
            return new Smb1Reply.Body(NtStatus.MORE_PROCESSING_REQUIRED, response(0, next.token()));
        }
        pending.remove(session);
        return step instanceof AuthStep.Done done
                ? done(call, session, done, NONE, done.token())
                : failed(call, session, (AuthStep.Failed) step);
    }

    private Session newSession(Smb1Call call) {
        int uid = call.connection().nextUid();
        Session session = sessions.createOutside(uid);
        call.connection().addSession(uid, session);
        session.onClose(() -> pending.remove(session));
        call.setUid(uid);
        return session;
    }

    /** MS-CIFS 3.3.5.43: the passwords of clients without extended security are responses to our challenge. */
    private Smb1Reply byResponses(Smb1Call call, Smb1SessionRequest.SetupWithResponses request) {
        Smb1Connection connection = call.connection();
        if (connection.hasExtendedSecurity()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        connection.setClient(request.maxBufferSize(), request.capabilities());
        Session session = newSession(call);
        byte[] ntResponse = request.unicodePassword();
        AuthStep step = logins.verify(
                connection.challenge(),
                new NtlmResponses(request.account(), request.domain(), request.oemPassword(), ntResponse));
        byte[] signed = ntResponse.length == 0 ? request.oemPassword() : ntResponse;
        return step instanceof AuthStep.Done done
                ? done(call, session, done, signed, null)
                : failed(call, session, (AuthStep.Failed) step);
    }

    private Smb1Reply failed(Smb1Call call, Session session, AuthStep.Failed failure) {
        Connection connection = call.connection().connection();
        String account = failure.account().map(LogText::clean).orElse("");
        LOG.warn("{}: log-in of \"{}\" over SMB1 refused: {}", connection.peer(), account, failure.reason());
        session.close();
        Smb1Reply reply = new Smb1Reply.Failure(failure.status());
        Duration delay = logins.failed(account, connection.peer().address());
        return delay.isZero() ? reply : new Smb1Reply.Later(new LateReply(reply, delay, timer));
    }

    /** A reply that is ready and given later, so that guessing passwords takes time. */
    private record LateReply(Smb1Reply reply, Duration delay, ScheduledExecutorService timer)
            implements Smb1Reply.Waiting {
        @Override
        public void onDone(Consumer<Smb1Reply> receiver) {
            timer.schedule(() -> receiver.accept(reply), delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean cancel(NtStatus status) {
            return false;
        }
    }

    /** @param challengeResponse what the signing key has behind the session key */
    private Smb1Reply done(Smb1Call call, Session session, AuthStep.Done done, byte[] challengeResponse, byte[] token) {
        Connection connection = call.connection().connection();
        SecurityContext user = done.context();
        boolean known = user.kind() == SecurityContext.Kind.USER;
        if (!known && settings.requiresSigning()) {
            LOG.warn(
                    "{}: {} log-in refused, server signing = mandatory and such a session cannot sign",
                    connection.peer(),
                    LogText.kind(user));
            session.close();
            return new Smb1Reply.Failure(NtStatus.ACCESS_DENIED);
        }
        boolean renewed = session.established().isPresent();
        Session.Established facts = new Session.Established(user, MessageSecurity.NONE, false, false, done.expires());
        if (!session.establish(facts)) {
            return new Smb1Reply.Failure(NtStatus.USER_SESSION_DELETED);
        }
        connection.setAuthenticated();
        if (known) {
            logins.succeeded(user.accountName(), connection.peer().address());
            if (signs(call)) {
                call.connection().signing().activate(new Smb1Signature(done.sessionKey(), challengeResponse));
            }
        }
        LOG.info(
                "{}: {} {} ({}, SMB1, {})",
                connection.peer(),
                user.accountName(),
                renewed ? "renewed its log-in" : "logged in",
                known ? done.mechanism() : LogText.kind(user),
                call.connection().signing().isActive() ? "signed" : "signing not required");
        return Smb1Reply.of(response(user.isGuest() ? Smb1SessionResponse.SessionSetup.GUEST : 0, token));
    }

    /** MS-SMB 3.3.5.3: who may sign says so in each message of the log-in. */
    private boolean signs(Smb1Call call) {
        boolean asked =
                call.has(Smb1Flags.FLAGS2_SECURITY_SIGNATURE) || call.has(Smb1Flags.FLAGS2_SECURITY_SIGNATURE_REQUIRED);
        return settings.requiresSigning() || settings.offersSigning() && asked;
    }

    private Smb1SessionResponse.SessionSetup response(int action, byte[] token) {
        return new Smb1SessionResponse.SessionSetup(action, token, NATIVE_OS, NATIVE_LANMAN, settings.workgroup());
    }

    /** MS-CIFS 3.3.5.44 Receiving an SMB_COM_LOGOFF_ANDX Request. */
    static Smb1Reply logoff(Smb1Call call) {
        call.block().andxWords(2);
        Session session = call.session();
        Smb1Connection connection = call.connection();
        int uid = call.uid();
        connection.searches().closeWhere(search -> search.session() == session);
        connection.opens().all().stream()
                .filter(open -> open.session() == session)
                .forEach(open -> connection.opens().remove(open.fid()));
        session.close();
        connection.cancelWhere(pending -> pending.isOfSession(uid), NtStatus.CANCELLED);
        return Smb1Reply.DONE;
    }
}
