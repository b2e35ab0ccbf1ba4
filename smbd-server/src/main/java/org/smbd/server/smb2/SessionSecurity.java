package org.smbd.server.smb2;

import java.util.Optional;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.crypto.CryptoProvider;
import org.smbd.protocol.crypto.KeyDerivation;
import org.smbd.protocol.crypto.PreauthHash;
import org.smbd.protocol.crypto.SessionKeys;
import org.smbd.server.config.EncryptionPolicy;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.session.MessageSecurity;
import org.smbd.server.session.Session;

/** What a finished log-in means for the messages of its session: the key steps of MS-SMB2 3.3.5.5.3. */
final class SessionSecurity {
    private final SessionSettings settings;

    SessionSecurity(SessionSettings settings) {
        this.settings = settings;
    }

    /**
     * The facts of a new session. The key of an anonymous user is all zeros: what such a client signs is checked, as
     * Windows does, but nothing is demanded of it.
     *
     * @param mayEncrypt whether the connection is one of somebody known; only then may strangers encrypt on it
     */
    Session.Established establish(
            Negotiated negotiated,
            boolean signingDemanded,
            boolean mayEncrypt,
            AuthStep.Done done,
            PreauthHash preauth) {
        SecurityContext.Kind kind = done.context().kind();
        if (kind == SecurityContext.Kind.GUEST) { // its client's key comes of a password that nobody knows here
            return new Session.Established(done.context(), MessageSecurity.NONE, false, false, done.expires());
        }
        MessageSecurity security = messageSecurity(negotiated, done.sessionKey(), preauth);
        if (kind == SecurityContext.Kind.ANONYMOUS) {
            MessageSecurity weak = mayEncrypt ? security : security.withoutSealing();
            return new Session.Established(done.context(), weak, false, false, done.expires());
        }
        boolean encrypts = security.canSeal()
                && (settings.encryption() == EncryptionPolicy.DESIRED
                        || settings.encryption() == EncryptionPolicy.REQUIRED);
        return new Session.Established(
                done.context(), security, signingDemanded && !encrypts, encrypts, done.expires());
    }

    /** The facts of a session that logged in again: the keys stay, 3.3.5.5.2 Reauthenticating an Existing Session. */
    Session.Established renew(Session.Established old, AuthStep.Done done) {
        return new Session.Established(
                done.context(), old.security(), old.signingRequired(), old.encryptData(), done.expires());
    }

    /** What a channel signs with that is bound to an existing session; encrypted it is with the session's keys. */
    MessageSecurity ofChannel(Session session, Negotiated negotiated, AuthStep.Done done, PreauthHash preauth) {
        SessionKeys keys = keys(negotiated, done.sessionKey(), preauth);
        MessageSecurity security = session.security();
        return new MessageSecurity(
                Optional.of(settings.crypto().signer(negotiated.signing(), keys.signing())),
                security.sealing(),
                security.opening());
    }

    private MessageSecurity messageSecurity(Negotiated negotiated, byte[] sessionKey, PreauthHash preauth) {
        SessionKeys keys = keys(negotiated, sessionKey, preauth);
        CryptoProvider crypto = settings.crypto();
        return new MessageSecurity(
                Optional.of(crypto.signer(negotiated.signing(), keys.signing())),
                negotiated.cipher().map(cipher -> crypto.messageCipher(cipher, keys.encryption())),
                negotiated.cipher().map(cipher -> crypto.messageCipher(cipher, keys.decryption())));
    }

    private static SessionKeys keys(Negotiated negotiated, byte[] sessionKey, PreauthHash preauth) {
        return switch (negotiated.dialect()) {
            case SMB_2_0_2, SMB_2_1 -> KeyDerivation.smb2(sessionKey);
            case SMB_3_0, SMB_3_0_2 -> KeyDerivation.smb30(sessionKey);
            case SMB_3_1_1 -> KeyDerivation.smb311(sessionKey, negotiated.cipher(), preauth);
        };
    }
}
