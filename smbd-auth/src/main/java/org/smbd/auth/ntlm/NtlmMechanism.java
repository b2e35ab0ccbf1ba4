package org.smbd.auth.ntlm;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.IdentityMapper;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.Mechanism;
import org.smbd.auth.mechanism.MechanismExchange;
import org.smbd.auth.mechanism.Oid;
import org.smbd.core.status.NtStatus;

/** NTLM as a mechanism: holds what all its exchanges share. */
public final class NtlmMechanism implements Mechanism {
    private static final byte[] NONE = {};

    private final ServerNames names;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final NtlmVerifier verifier;

    public NtlmMechanism(
            ServerNames names, NtlmPolicy policy, AccountStore accounts, IdentityMapper identities, Clock clock) {
        this.names = names;
        this.clock = clock;
        this.verifier = new NtlmVerifier(names, policy, accounts, identities);
    }

    @Override
    public Oid oid() {
        return Oid.NTLMSSP;
    }

    /** Whether a first token is NTLM without SPNEGO around it. */
    public static boolean looksLikeNtlm(byte[] token) {
        return NtlmMessages.looksLikeNtlm(token);
    }

    /**
     * Decides about responses to a challenge that was given without a message of NTLM.
     *
     * @return {@link AuthStep.Done} without a token, or {@link AuthStep.Failed}
     */
    public AuthStep verify(byte[] serverChallenge, NtlmResponses responses) {
        NtlmMessages.Authenticate message = new NtlmMessages.Authenticate(
                responses.lmResponse(),
                responses.ntResponse(),
                responses.domain(),
                responses.user(),
                "",
                NONE,
                0,
                NONE);
        NtlmExchange.Handshake handshake = new NtlmExchange.Handshake(NONE, NONE, 0, serverChallenge);
        try {
            NtlmVerifier.Verdict verdict = verifier.verify(message, handshake);
            return verdict instanceof NtlmVerifier.Accepted accepted
                    ? new AuthStep.Done(
                            accepted.context(), accepted.sessionKey(), NONE, accepted.version(), Optional.empty())
                    : ((NtlmVerifier.Rejected) verdict).failure();
        } catch (MalformedNtlm e) {
            return new AuthStep.Failed(
                    NtStatus.LOGON_FAILURE,
                    "malformed NTLM response: " + e.getMessage(),
                    Optional.of(responses.user()));
        }
    }

    @Override
    public MechanismExchange begin() {
        byte[] serverChallenge = new byte[8];
        random.nextBytes(serverChallenge);
        return new NtlmExchange(names, serverChallenge, clock, verifier);
    }
}
