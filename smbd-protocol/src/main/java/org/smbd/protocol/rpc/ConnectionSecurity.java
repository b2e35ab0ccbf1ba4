package org.smbd.protocol.rpc;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The security context of one connection. MS-RPCE 3.3.1.5.2.1, 3.3.1.5.2.2.
 *
 * <pre>
 *  none --token--> negotiating --token--> established | refused
 * </pre>
 *
 * <p>There is one; a client that wants another opens another pipe. Used under the lock of its connection.
 */
final class ConnectionSecurity {
    private final Optional<Supplier<RpcSecurity>> mechanism;
    private Optional<RpcSecurity> security = Optional.empty();
    private AuthTrailer mode = new AuthTrailer(0, 0, 0, 0);
    private boolean headerSigned;
    private boolean established;
    private boolean refused;

    /** @param mechanism begins an authentication; empty where there is none */
    ConnectionSecurity(Optional<Supplier<RpcSecurity>> mechanism) {
        this.mechanism = mechanism;
    }

    /** Whether an authentication of this kind could be begun. */
    boolean serves(AuthTrailer trailer) {
        boolean knownType = trailer.type() == AuthTrailer.TYPE_SPNEGO || trailer.type() == AuthTrailer.TYPE_NTLM;
        return mechanism.isPresent()
                && knownType
                && trailer.level() >= AuthTrailer.LEVEL_CONNECT
                && trailer.level() <= AuthTrailer.LEVEL_PRIVACY;
    }

    /**
     * Handles the token of a PDU.
     *
     * @param headerSigning whether the client can sign headers, of a bind
     * @return the token of the answer
     * @throws RpcFault ACCESS_DENIED where the client is refused, PROTOCOL_ERROR where no token was due
     */
    byte[] negotiate(AuthTrailer trailer, byte[] token, boolean headerSigning) {
        boolean begins = security.isEmpty();
        if (established || refused || !begins && !sameMode(trailer)) {
            throw RpcFault.PROTOCOL_ERROR;
        }
        if (begins) {
            security = Optional.of(
                    mechanism.orElseThrow(() -> RpcFault.PROTOCOL_ERROR).get());
            mode = trailer;
            headerSigned = headerSigning;
        }
        refused = true; // until the opposite is shown
        RpcSecurity.Step step = security.get().step(token);
        if (step.done() && isProtected() && !security.get().canProtect(isSealed())) {
            throw RpcFault.ACCESS_DENIED;
        }
        established = step.done();
        refused = false;
        return step.token();
    }

    private boolean sameMode(AuthTrailer trailer) {
        return trailer.type() == mode.type()
                && trailer.level() == mode.level()
                && trailer.contextId() == mode.contextId();
    }

    private boolean isProtected() {
        return mode.level() > AuthTrailer.LEVEL_CONNECT;
    }

    private boolean isSealed() {
        return mode.level() == AuthTrailer.LEVEL_PRIVACY;
    }

    /** Whether headers are signed, as the client asked for. */
    boolean isHeaderSigned() {
        return headerSigned;
    }

    /** Bytes that protection adds to an answer at most. */
    int overheadBytes() {
        return established && isProtected()
                ? AuthTrailer.ALIGNMENT
                        + AuthTrailer.SIZE_BYTES
                        + security.get().signatureBytes()
                : 0;
    }

    /** A PDU of ours with a token behind it. */
    ByteBuffer withToken(ByteBuffer pdu, byte[] token) {
        AuthTrailer trailer = mode.padded(-pdu.limit() & AuthTrailer.ALIGNMENT - 1);
        ByteBuffer out = trailer.append(pdu, token.length);
        return out.put(out.limit() - token.length, token);
    }

    /**
     * Checks a request, decrypts its stub in place, and leaves the buffer's limit at the stub's end.
     *
     * @param stubOffset where the stub begins
     * @throws RpcFault ACCESS_DENIED where nobody is authenticated, SECURITY_PACKAGE where it was changed on its way
     */
    void unprotect(RpcHeader header, ByteBuffer pdu, int stubOffset) {
        if (security.isPresent() && !established) {
            throw RpcFault.ACCESS_DENIED;
        }
        boolean has = header.authLength() != 0;
        if (security.isEmpty() || !isProtected()) {
            if (has && security.isEmpty()) {
                throw RpcFault.PROTOCOL_ERROR;
            }
            pdu.limit(has ? AuthTrailer.offset(header) : pdu.limit());
            return;
        }
        RpcSecurity provider = security.get();
        if (header.authLength() != provider.signatureBytes()) {
            throw RpcFault.SECURITY_PACKAGE;
        }
        AuthTrailer trailer = AuthTrailer.decode(header, pdu);
        int end = AuthTrailer.offset(header);
        if (!sameMode(trailer) || end - trailer.padLength() < stubOffset) {
            throw RpcFault.SECURITY_PACKAGE;
        }
        byte[] stub = new byte[end - stubOffset];
        pdu.get(stubOffset, stub);
        if (isSealed()) {
            stub = provider.unseal(stub);
            pdu.put(stubOffset, stub);
        }
        if (!provider.verify(signedPart(pdu, stub, header.authLength()), AuthTrailer.value(header, pdu))) {
            throw RpcFault.SECURITY_PACKAGE;
        }
        pdu.limit(end - trailer.padLength());
    }

    private byte[] signedPart(ByteBuffer pdu, byte[] stub, int signatureBytes) {
        if (!headerSigned) {
            return stub;
        }
        byte[] all = new byte[pdu.limit() - signatureBytes];
        pdu.get(0, all);
        return all;
    }

    /** Signs an answer, and encrypts its stub, as was agreed on. */
    ByteBuffer protect(ByteBuffer pdu) {
        if (!established || !isProtected()) {
            return pdu;
        }
        RpcSecurity provider = security.get();
        int stubOffset = CallPdu.RESPONSE_HEADER_BYTES;
        AuthTrailer trailer = mode.padded(-(pdu.limit() - stubOffset) & AuthTrailer.ALIGNMENT - 1);
        ByteBuffer out = trailer.append(pdu, provider.signatureBytes());
        byte[] stub = new byte[pdu.limit() - stubOffset + trailer.padLength()];
        out.get(stubOffset, stub);
        byte[] signed = signedPart(out, stub, provider.signatureBytes());
        if (isSealed()) {
            out.put(stubOffset, provider.seal(stub));
        }
        byte[] signature = provider.sign(signed);
        return out.put(out.limit() - signature.length, signature);
    }
}
