package org.smbd.protocol.rpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Negotiation of what a connection speaks. C706 12.6.4.3 The bind PDU, 12.6.4.1 The alter_context PDU, which has the
 * same body, and the answers to both.
 *
 * @param transmitFragmentMax bytes of the largest fragment that the client sends
 * @param receiveFragmentMax bytes of the largest fragment that it takes
 * @param associationGroup 0 for a new one
 */
record BindPdu(int transmitFragmentMax, int receiveFragmentMax, int associationGroup, List<ContextElement> contexts) {
    /** What the client wants to call, and how it could send the arguments. */
    record ContextElement(int contextId, SyntaxId abstractSyntax, List<SyntaxId> transferSyntaxes) {}

    /** What the server says to one {@link ContextElement}; two 16-bit codes. */
    record ContextResult(int result, int reason, SyntaxId transferSyntax) {
        static final ContextResult ACCEPTED = new ContextResult(0, 0, SyntaxId.NDR);
        /** provider_rejection, abstract_syntax_not_supported. */
        static final ContextResult UNKNOWN_INTERFACE = new ContextResult(2, 1, SyntaxId.NONE);
        /** provider_rejection, proposed_transfer_syntaxes_not_supported. */
        static final ContextResult UNKNOWN_TRANSFER_SYNTAX = new ContextResult(2, 2, SyntaxId.NONE);
        /** provider_rejection, local_limit_exceeded. */
        static final ContextResult LIMIT_EXCEEDED = new ContextResult(2, 3, SyntaxId.NONE);

        private static final int SIZE_BYTES = 4 + SyntaxId.SIZE_BYTES;
    }

    /** Reasons of a bind_nak. C706 12.6.3.1 p_reject_reason_t and MS-RPCE 2.2.2.5. */
    static final int PROTOCOL_VERSION_NOT_SUPPORTED = 4;

    static final int AUTHENTICATION_TYPE_NOT_RECOGNIZED = 8;

    /**
     * Reads a body behind its header. Counts are bytes on the wire, and each element takes its bytes from the buffer as
     * it is read, so that a count that lies costs nothing.
     *
     * @throws RpcFault PROTOCOL_ERROR where it is cut short
     */
    static BindPdu decode(ByteBuffer in) {
        try {
            int transmit = in.getShort() & 0xFFFF; // max_xmit_frag
            int receive = in.getShort() & 0xFFFF; // max_recv_frag
            int group = in.getInt(); // assoc_group_id
            int count = in.get() & 0xFF; // n_context_elem
            skip(in, 3); // reserved, reserved2
            List<ContextElement> contexts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                contexts.add(element(in));
            }
            return new BindPdu(transmit, receive, group, contexts);
        } catch (BufferUnderflowException cut) {
            throw RpcFault.PROTOCOL_ERROR;
        }
    }

    private static ContextElement element(ByteBuffer in) {
        int contextId = in.getShort() & 0xFFFF; // p_cont_id
        int count = in.get() & 0xFF; // n_transfer_syn
        skip(in, 1); // reserved
        SyntaxId abstractSyntax = SyntaxId.decode(in); // abstract_syntax
        List<SyntaxId> transferSyntaxes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            transferSyntaxes.add(SyntaxId.decode(in)); // transfer_syntaxes
        }
        return new ContextElement(contextId, abstractSyntax, transferSyntaxes);
    }

    private static void skip(ByteBuffer in, int bytes) {
        for (int i = 0; i < bytes; i++) {
            in.get();
        }
    }

    /**
     * C706 12.6.4.4 The bind_ack PDU and 12.6.4.2 The alter_context_response PDU.
     *
     * @param secondaryAddress the pipe's name as {@code \PIPE\name}; empty in the answer to alter_context
     */
    static ByteBuffer encodeAck(
            int type,
            int callId,
            int transmitFragmentMax,
            int receiveFragmentMax,
            int associationGroup,
            String secondaryAddress,
            List<ContextResult> results) {
        byte[] address = secondaryAddress.isEmpty()
                ? new byte[0]
                : (secondaryAddress + '\0').getBytes(StandardCharsets.US_ASCII);
        int resultsAt = (RpcHeader.SIZE_BYTES + 8 + 2 + address.length + 3) & ~3;
        int length = resultsAt + 4 + results.size() * ContextResult.SIZE_BYTES;
        ByteBuffer out = RpcHeader.begin(type, RpcHeader.PFC_FIRST_FRAG | RpcHeader.PFC_LAST_FRAG, callId, length);
        out.putShort((short) transmitFragmentMax); // max_xmit_frag
        out.putShort((short) receiveFragmentMax); // max_recv_frag
        out.putInt(associationGroup); // assoc_group_id
        out.putShort((short) address.length); // sec_addr.length
        out.put(address); // sec_addr.port_spec
        out.position(resultsAt);
        out.put((byte) results.size()); // n_results
        out.position(resultsAt + 4); // reserved, reserved2
        for (ContextResult result : results) {
            out.putShort((short) result.result); // result
            out.putShort((short) result.reason); // reason
            result.transferSyntax.encode(out); // transfer_syntax
        }
        return out.rewind();
    }

    /** C706 12.6.4.5 The bind_nak PDU, with the one version that we speak. */
    static ByteBuffer encodeNak(int callId, int reason) {
        ByteBuffer out = RpcHeader.begin(
                RpcHeader.BIND_NAK,
                RpcHeader.PFC_FIRST_FRAG | RpcHeader.PFC_LAST_FRAG,
                callId,
                RpcHeader.SIZE_BYTES + 8);
        out.putShort((short) reason); // provider_reject_reason
        out.put((byte) 1); // versions.n_protocols
        out.put((byte) RpcHeader.MAJOR_VERSION); // major
        out.put((byte) 0); // minor; three bytes of padding follow
        return out.rewind();
    }
}
