package org.smbd.auth.ntlm;

import java.security.SecureRandom;
import java.time.Clock;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.IdentityMapper;
import org.smbd.auth.mechanism.Mechanism;
import org.smbd.auth.mechanism.MechanismExchange;
import org.smbd.auth.mechanism.Oid;

/** NTLM as a mechanism: holds what all its exchanges share. */
public final class NtlmMechanism implements Mechanism {
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

    @Override
    public MechanismExchange begin() {
        byte[] serverChallenge = new byte[8];
        random.nextBytes(serverChallenge);
        return new NtlmExchange(names, serverChallenge, clock, verifier);
    }
}
