package org.smbd.auth.spnego;

import java.util.List;
import java.util.Optional;
import org.smbd.auth.TokenLimits;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.Mechanism;
import org.smbd.auth.mechanism.MechanismExchange;
import org.smbd.auth.mechanism.MessageProtection;
import org.smbd.auth.mechanism.Oid;
import org.smbd.auth.spnego.NegTokenResp.State;
import org.smbd.core.status.NtStatus;

/**
 * The acceptor's side of SPNEGO. RFC 4178 3.1, 5; MS-SPNG 3.2.
 *
 * <pre>
 * CHOOSING --NegTokenInit--> NEGOTIATING --NegTokenResp...--> ENDED
 * </pre>
 *
 * <p>The mechanism is the first of the client's list that is offered here. Where that is not the client's favourite,
 * its first token is for another mechanism and is not looked at, and the choice is to be protected by a mechListMIC.
 */
public final class SpnegoExchange implements AuthExchange {
    private final List<Mechanism> mechanisms;
    private final TokenLimits limits;
    private Phase phase = new Choosing();
    /** What has authenticated the client. */
    private Optional<AuthExchange> current = Optional.empty();

    /** Where the exchange stands. */
    private sealed interface Phase {}

    private record Choosing() implements Phase {}

    /** {@code firstReply}: whether no token has been sent yet. {@code wantsMic}: whether a MIC is due. */
    private record Negotiating(
            Oid mechanism, MechanismExchange exchange, byte[] mechTypesDer, boolean firstReply, boolean wantsMic)
            implements Phase {}

    private record Ended(Optional<MessageProtection> protection) implements Phase {}

    /** An exchange that offers the given mechanisms. */
    public SpnegoExchange(List<Mechanism> mechanisms, TokenLimits limits) {
        this.limits = limits;
        this.mechanisms = List.copyOf(mechanisms);
    }

    /** The offer for the NEGOTIATE response. */
    public static byte[] offer(List<Mechanism> mechanisms) {
        return NegTokenInit.encodeOffer(mechanisms.stream().map(Mechanism::oid).toList());
    }

    @Override
    public AuthStep step(byte[] token) {
        AuthStep step;
        try {
            if (token.length > limits.bytesMax()) {
                throw new MalformedToken("a token of " + token.length + " bytes");
            }
            if (phase instanceof Choosing) {
                step = choose(NegTokenInit.decode(token, limits.depthMax()));
            } else if (phase instanceof Negotiating negotiating) {
                NegTokenResp response = NegTokenResp.decode(token, limits.depthMax());
                step = advance(negotiating, response.responseToken(), response.mechListMic());
            } else {
                throw new MalformedToken("a token after the last one");
            }
        } catch (MalformedToken e) {
            step = failed("malformed SPNEGO token: " + e.getMessage(), NtStatus.INVALID_PARAMETER);
        }
        if (!(step instanceof AuthStep.Continue)) {
            phase = new Ended(
                    step instanceof AuthStep.Done ? current.flatMap(AuthExchange::protection) : Optional.empty());
        }
        return step;
    }

    @Override
    public Optional<MessageProtection> protection() {
        return phase instanceof Ended ended ? ended.protection : Optional.empty();
    }

    private AuthStep choose(NegTokenInit init) throws MalformedToken {
        for (Oid wanted : init.mechTypes()) {
            for (Mechanism mechanism : mechanisms) {
                if (mechanism.oid().equals(wanted)) {
                    return begin(mechanism, init);
                }
            }
        }
        return failed("the client offers no authentication mechanism that this server has", NtStatus.LOGON_FAILURE);
    }

    private AuthStep begin(Mechanism mechanism, NegTokenInit init) throws MalformedToken {
        boolean favourite = mechanism.oid().equals(init.mechTypes().get(0));
        Negotiating negotiating =
                new Negotiating(mechanism.oid(), mechanism.begin(), init.mechTypesDer(), true, !favourite);
        if (favourite && init.mechToken().isPresent()) {
            return advance(negotiating, init.mechToken(), init.mechListMic());
        }
        return reply(negotiating, Optional.empty());
    }

    private AuthStep advance(Negotiating negotiating, Optional<byte[]> mechToken, Optional<byte[]> mic)
            throws MalformedToken {
        if (mechToken.isEmpty()) {
            throw new MalformedToken("no token for the mechanism");
        }
        AuthStep step = negotiating.exchange.step(mechToken.get());
        if (step instanceof AuthStep.Continue more) {
            return reply(negotiating, Optional.of(more.token()));
        }
        if (step instanceof AuthStep.Done done) {
            return complete(negotiating, done, mic);
        }
        return step;
    }

    private AuthStep reply(Negotiating negotiating, Optional<byte[]> mechToken) {
        phase = new Negotiating(
                negotiating.mechanism, negotiating.exchange, negotiating.mechTypesDer, false, negotiating.wantsMic);
        // RFC 4178 4.2.2: request-mic and supportedMech belong into the first reply only.
        State state = negotiating.firstReply && negotiating.wantsMic ? State.REQUEST_MIC : State.ACCEPT_INCOMPLETE;
        Optional<Oid> chosen = negotiating.firstReply ? Optional.of(negotiating.mechanism) : Optional.empty();
        return new AuthStep.Continue(
                new NegTokenResp(Optional.of(state), chosen, mechToken, Optional.empty()).encode());
    }

    /** RFC 4178 5. A guest shares no key with us: its MIC cannot be checked and ours would be refused. */
    private AuthStep complete(Negotiating negotiating, AuthStep.Done done, Optional<byte[]> mic) {
        MechanismExchange exchange = negotiating.exchange;
        current = Optional.of(exchange);
        Optional<byte[]> ours = Optional.empty();
        if (exchange.canProtect()) {
            String account = done.context().accountName();
            if (mic.isPresent()) {
                if (!exchange.verifyMic(negotiating.mechTypesDer, mic.get())) {
                    return failed(account, "the list of mechanisms was changed on its way (mechListMIC is wrong)");
                }
                ours = Optional.of(exchange.mic(negotiating.mechTypesDer));
            } else if (negotiating.wantsMic && exchange.expectsMic()) {
                return failed(account, "the client did not protect its list of mechanisms (no mechListMIC)");
            }
        }
        Optional<byte[]> last = done.token().length == 0 ? Optional.empty() : Optional.of(done.token());
        Optional<Oid> chosen = negotiating.firstReply ? Optional.of(negotiating.mechanism) : Optional.empty();
        return done.withToken(new NegTokenResp(Optional.of(State.ACCEPT_COMPLETED), chosen, last, ours).encode());
    }

    private static AuthStep failed(String reason, NtStatus status) {
        return new AuthStep.Failed(status, reason, Optional.empty());
    }

    private static AuthStep failed(String account, String reason) {
        return new AuthStep.Failed(NtStatus.ACCESS_DENIED, reason, Optional.of(account));
    }
}
