package org.smbd.auth;

import java.util.List;
import java.util.Optional;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.Mechanism;
import org.smbd.auth.mechanism.MessageProtection;
import org.smbd.auth.ntlm.NtlmMechanism;
import org.smbd.auth.spnego.SpnegoExchange;
import org.smbd.core.status.NtStatus;

/**
 * Starts authentications: SPNEGO over the given mechanisms, or NTLM alone where a client sends it without SPNEGO. Safe
 * for many threads.
 */
public final class Authenticator {
    private final List<Mechanism> mechanisms;
    private final TokenLimits limits;

    /**
     * An authenticator with the standard limits.
     *
     * @param mechanisms what clients may use, best first
     */
    public Authenticator(List<Mechanism> mechanisms) {
        this(mechanisms, TokenLimits.STANDARD);
    }

    /**
     * An authenticator.
     *
     * @param mechanisms what clients may use, best first
     */
    public Authenticator(List<Mechanism> mechanisms, TokenLimits limits) {
        this.mechanisms = List.copyOf(mechanisms);
        this.limits = limits;
    }

    /** The security buffer of the NEGOTIATE response. MS-SMB2 3.3.5.4; MS-SPNG 2.2.1 NegTokenInit2. */
    public byte[] initialToken() {
        return SpnegoExchange.offer(mechanisms);
    }

    /** A new exchange, for one session. */
    public AuthExchange begin() {
        return new FirstTokenDecides();
    }

    private Optional<Mechanism> ntlm() {
        return mechanisms.stream().filter(NtlmMechanism.class::isInstance).findFirst();
    }

    /** Embedded devices and Linux send NTLM without SPNEGO: MS-SMB2 leaves the token to the mechanism. */
    private final class FirstTokenDecides implements AuthExchange {
        private Optional<AuthExchange> chosen = Optional.empty();

        @Override
        public AuthStep step(byte[] token) {
            if (token.length > limits.bytesMax()) {
                return new AuthStep.Failed(
                        NtStatus.INVALID_PARAMETER, "a security token of " + token.length + " bytes", Optional.empty());
            }
            if (chosen.isEmpty()) {
                Optional<Mechanism> raw = NtlmMechanism.looksLikeNtlm(token) ? ntlm() : Optional.empty();
                chosen = Optional.of(raw.isPresent() ? raw.get().begin() : new SpnegoExchange(mechanisms, limits));
            }
            return chosen.get().step(token);
        }

        @Override
        public Optional<MessageProtection> protection() {
            return chosen.flatMap(AuthExchange::protection);
        }
    }
}
