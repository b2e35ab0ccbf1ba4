package org.smbd.server.raw;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.Arrays;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.crypto.PreauthHash;
import org.smbd.protocol.smb2.SessionSetupRequest;
import org.smbd.protocol.smb2.SessionSetupResponse;

/** A log-in, leg by leg. */
final class RawLogin {
    private final RawClient client;
    private final RawNtlm ntlm;
    private PreauthHash preauth;
    private byte[] challenge;
    private RawSession session;
    private RawSession binding;

    /** Signs the requests of a binding; null: they are plain. */
    RawSession signing;

    /** What the requests name. */
    long sessionId;

    /** PreviousSessionId. */
    long previousSessionId;

    /** Protects the requests of a re-authentication; null: they are plain. */
    RawSession renewing;

    RawLogin(RawClient client, String user, String password) {
        this.client = client;
        this.ntlm = new RawNtlm(user, password);
        this.preauth = client.preauth();
    }

    /** Logs an existing session in again. */
    RawLogin renew(RawSession existing) {
        renewing = existing;
        sessionId = existing.id();
        return this;
    }

    /** Binds an existing session of another connection. */
    RawLogin bind(RawSession existing) {
        binding = existing;
        signing = existing;
        sessionId = existing.id();
        return this;
    }

    /** NEGOTIATE_MESSAGE and what comes for it. */
    RawAnswer first() throws IOException {
        RawAnswer answer = leg(ntlm.negotiate());
        preauth = preauth.with(answer.message(), 0, answer.message().readableBytes());
        sessionId = answer.header().sessionId();
        challenge = ByteBufUtil.getBytes(answer.body(SessionSetupResponse.class).securityBuffer());
        return answer;
    }

    /** AUTHENTICATE_MESSAGE and what comes for it. */
    RawAnswer second() throws IOException {
        RawAnswer answer = leg(ntlm.authenticate(challenge));
        if (answer.status() == NtStatus.SUCCESS.code() && binding != null) {
            session = client.bound(binding, ntlm.sessionKey(), preauth);
        } else if (answer.status() == NtStatus.SUCCESS.code() && renewing == null) {
            session = client.established(answer, ntlm.sessionKey(), preauth);
        }
        return answer;
    }

    /** AUTHENTICATE_MESSAGE with so much behind it that nothing refers to; its answer is left to be received. */
    void sendSecond(int paddingBytes) throws IOException {
        byte[] token = ntlm.authenticate(challenge);
        send(Arrays.copyOf(token, token.length + paddingBytes));
    }

    private RawAnswer leg(byte[] token) throws IOException {
        send(token);
        return client.receive();
    }

    private void send(byte[] token) throws IOException {
        int flags = binding == null ? 0 : SessionSetupRequest.FLAG_BINDING;
        ByteBuf message = client.sessionSetup(flags, sessionId, previousSessionId, token);
        if (renewing != null) {
            preauth = preauth.with(message, 0, message.readableBytes());
            client.send(renewing.protect(message));
            return;
        }
        if (signing != null) {
            signing.sign(message);
        }
        preauth = preauth.with(message, 0, message.readableBytes()); // with its signature
        client.send(message);
    }

    /** What the log-in made. */
    RawSession session() {
        return session;
    }
}
