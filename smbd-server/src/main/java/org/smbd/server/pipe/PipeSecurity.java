package org.smbd.server.pipe;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.MessageProtection;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcSecurity;
import org.smbd.server.conn.Caller;

/**
 * An authentication within a pipe. It must prove the user that the session has proved: calls are those of the session,
 * and nobody learns from a refusal whether the password of somebody else was right.
 */
final class PipeSecurity implements RpcSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(PipeSecurity.class);

    private final AuthExchange exchange;
    private final Caller caller;
    private Optional<MessageProtection> protection = Optional.empty();

    PipeSecurity(AuthExchange exchange, Caller caller) {
        this.exchange = exchange;
        this.caller = caller;
    }

    @Override
    public Step step(byte[] token) {
        AuthStep step = exchange.step(token);
        if (step instanceof AuthStep.Continue more) {
            return new Step(more.token(), false);
        }
        if (step instanceof AuthStep.Done done
                && done.context()
                        .userSid()
                        .equals(caller.session().securityContext().userSid())) {
            protection = exchange.protection();
            return new Step(done.token(), true);
        }
        LOG.info(
                "{}: a pipe of {} is refused: {}",
                caller.connection().peer(),
                caller.session().securityContext().accountName(),
                step instanceof AuthStep.Failed failed
                        ? failed.reason()
                        : "another user is not taken within a session");
        throw RpcFault.ACCESS_DENIED;
    }

    @Override
    public boolean canProtect(boolean sealed) {
        return protection.isPresent() && (!sealed || protection.get().canSeal());
    }

    private MessageProtection established() {
        return protection.orElseThrow(() -> RpcFault.ACCESS_DENIED);
    }

    @Override
    public int signatureBytes() {
        return established().signatureBytes();
    }

    @Override
    public byte[] seal(byte[] plain) {
        return established().seal(plain);
    }

    @Override
    public byte[] unseal(byte[] sealed) {
        return established().unseal(sealed);
    }

    @Override
    public byte[] sign(byte[] message) {
        return established().sign(message);
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return established().verify(message, signature);
    }
}
