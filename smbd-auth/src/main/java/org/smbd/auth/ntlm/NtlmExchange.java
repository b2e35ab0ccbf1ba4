package org.smbd.auth.ntlm;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.MechanismExchange;
import org.smbd.auth.mechanism.MessageProtection;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.FileTime;

/**
 * The server's side of one NTLM exchange. MS-NLMP 3.2.5.1 Connection-Oriented.
 *
 * <pre>
 * Start --NEGOTIATE--> Challenged --AUTHENTICATE--> Authenticated | Refused
 * </pre>
 */
final class NtlmExchange implements MechanismExchange {
    private final ServerNames names;
    private final byte[] serverChallenge;
    private final Clock clock;
    private final NtlmVerifier verifier;
    private State state = new Start();

    /** Where the exchange stands. */
    private sealed interface State {}

    private record Start() implements State {}

    private record Challenged(Handshake handshake) implements State {}

    /** {@code toClient}, {@code fromClient}: signers, absent where no common key or no suitable flags exist. */
    private record Authenticated(
            boolean usedMic, Optional<NtlmMac> toClient, Optional<NtlmMac> fromClient, boolean seals)
            implements State {}

    private record Refused() implements State {}

    /** What has been sent: a MIC covers both messages. */
    record Handshake(byte[] negotiate, byte[] challenge, int challengeFlags, byte[] serverChallenge) {
        /** Whether the client was told our names: with a challenge alone it puts in what it likes. */
        boolean toldNames() {
            return challenge.length > 0;
        }
    }

    NtlmExchange(ServerNames names, byte[] serverChallenge, Clock clock, NtlmVerifier verifier) {
        this.names = names;
        this.serverChallenge = serverChallenge;
        this.clock = clock;
        this.verifier = verifier;
    }

    @Override
    public AuthStep step(byte[] token) {
        try {
            if (state instanceof Start) {
                return challenge(token);
            }
            if (state instanceof Challenged challenged) {
                return authenticate(token, challenged.handshake);
            }
            throw new MalformedNtlm("a message after the last one");
        } catch (MalformedNtlm e) {
            state = new Refused();
            return new AuthStep.Failed(
                    NtStatus.INVALID_PARAMETER, "malformed NTLM message: " + e.getMessage(), Optional.empty());
        }
    }

    /** 3.2.5.1.1 Server Receives a NEGOTIATE_MESSAGE from the Client. */
    private AuthStep challenge(byte[] token) throws MalformedNtlm {
        int flags = NtlmFlags.challenge(NtlmMessages.Negotiate.decode(token).flags());
        AvPairs targetInfo = AvPairs.ofServer(names, FileTime.of(clock.instant()));
        byte[] challenge =
                new NtlmMessages.Challenge(flags, names.netbiosComputer(), serverChallenge, targetInfo).encode();
        state = new Challenged(new Handshake(token, challenge, flags, serverChallenge));
        return new AuthStep.Continue(challenge);
    }

    /** 3.2.5.1.2 Server Receives an AUTHENTICATE_MESSAGE from the Client. */
    private AuthStep authenticate(byte[] token, Handshake handshake) throws MalformedNtlm {
        NtlmMessages.Authenticate message = NtlmMessages.Authenticate.decode(token, handshake.challengeFlags);
        NtlmVerifier.Verdict verdict = verifier.verify(message, handshake);
        if (verdict instanceof NtlmVerifier.Accepted accepted) {
            state = authenticated(message, handshake, accepted);
            return new AuthStep.Done(
                    accepted.context(), accepted.sessionKey(), new byte[0], accepted.version(), Optional.empty());
        }
        state = new Refused();
        return ((NtlmVerifier.Rejected) verdict).failure();
    }

    private static Authenticated authenticated(
            NtlmMessages.Authenticate message, Handshake handshake, NtlmVerifier.Accepted accepted) {
        int flags = message.flags() & handshake.challengeFlags;
        // Without extended session security there is no MIC worth the name; such clients do not send one.
        boolean signs =
                accepted.sharesKey() && NtlmFlags.has(flags, NtlmFlags.SIGN | NtlmFlags.EXTENDED_SESSIONSECURITY);
        if (!signs) {
            return new Authenticated(accepted.usedMic(), Optional.empty(), Optional.empty(), false);
        }
        byte[] key = accepted.sessionKey();
        return new Authenticated(
                accepted.usedMic(),
                Optional.of(new NtlmMac(flags, key, NtlmMac.Direction.SERVER_TO_CLIENT)),
                Optional.of(new NtlmMac(flags, key, NtlmMac.Direction.CLIENT_TO_SERVER)),
                NtlmFlags.has(flags, NtlmFlags.SEAL));
    }

    @Override
    public boolean canProtect() {
        return state instanceof Authenticated authenticated
                && authenticated.toClient().isPresent();
    }

    @Override
    public boolean expectsMic() {
        return state instanceof Authenticated authenticated && authenticated.usedMic();
    }

    /** MS-SPNG 3.2.5.1 NTLM RC4 Key State for MechListMIC and First Signed Message. */
    @Override
    public byte[] mic(byte[] data) {
        if (state instanceof Authenticated authenticated
                && authenticated.toClient().isPresent()) {
            NtlmMac mac = authenticated.toClient().get();
            byte[] signature = mac.sign(data);
            mac.restartKeyStream();
            return signature;
        }
        throw new IllegalStateException("no key to sign with");
    }

    @Override
    public boolean verifyMic(byte[] data, byte[] mic) {
        if (state instanceof Authenticated authenticated
                && authenticated.fromClient().isPresent()) {
            NtlmMac mac = authenticated.fromClient().get();
            byte[] signature = mac.sign(data);
            mac.restartKeyStream();
            return MessageDigest.isEqual(signature, mic);
        }
        return false;
    }

    @Override
    public Optional<MessageProtection> protection() {
        return state instanceof Authenticated authenticated
                        && authenticated.toClient().isPresent()
                        && authenticated.fromClient().isPresent()
                ? Optional.of(new NtlmProtection(
                        authenticated.toClient().get(),
                        authenticated.fromClient().get(),
                        authenticated.seals()))
                : Optional.empty();
    }
}
