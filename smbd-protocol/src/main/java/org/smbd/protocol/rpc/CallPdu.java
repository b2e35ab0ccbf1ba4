package org.smbd.protocol.rpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One fragment of a call. C706 12.6.4.9 The request PDU, with its answers: 12.6.4.10 The response PDU and 12.6.4.7 The
 * fault PDU.
 *
 * @param stub the marshalled arguments of this fragment, in the sender's byte order; borrowed
 */
record CallPdu(int contextId, int opnum, ByteBuffer stub) {
    static final int RESPONSE_HEADER_BYTES = RpcHeader.SIZE_BYTES + 8;
    private static final int FAULT_BYTES = RpcHeader.SIZE_BYTES + 16;
    private static final int REQUEST_HEADER_BYTES = RpcHeader.SIZE_BYTES + 8;
    private static final int OBJECT_UUID_BYTES = 16;

    /** Where the stub of a request begins. */
    static int stubOffset(RpcHeader header) {
        return REQUEST_HEADER_BYTES + ((header.flags() & RpcHeader.PFC_OBJECT_UUID) != 0 ? OBJECT_UUID_BYTES : 0);
    }

    /**
     * Reads a body behind its header.
     *
     * @throws RpcFault PROTOCOL_ERROR where it is cut short
     */
    static CallPdu decode(RpcHeader header, ByteBuffer in) {
        try {
            in.getInt(); // alloc_hint: not believed
            int contextId = in.getShort() & 0xFFFF; // p_cont_id
            int opnum = in.getShort() & 0xFFFF; // opnum
            if ((header.flags() & RpcHeader.PFC_OBJECT_UUID) != 0) {
                in.get(new byte[OBJECT_UUID_BYTES]); // object: our interfaces have none
            }
            return new CallPdu(contextId, opnum, in.slice().order(in.order()));
        } catch (BufferUnderflowException cut) {
            throw RpcFault.PROTOCOL_ERROR;
        }
    }

    /**
     * Cuts a result into PDUs. All but the last carry a multiple of 8 bytes, as MS-RPCE 2.2.2 demands.
     *
     * @param fragmentMax bytes of the largest PDU that the client takes
     */
    static List<ByteBuffer> encodeResponse(int callId, int contextId, byte[] stub, int fragmentMax) {
        int step = (fragmentMax - RESPONSE_HEADER_BYTES) & ~7;
        List<ByteBuffer> fragments = new ArrayList<>();
        int from = 0;
        do {
            int bytes = Math.min(step, stub.length - from);
            boolean last = from + bytes == stub.length;
            int flags = (from == 0 ? RpcHeader.PFC_FIRST_FRAG : 0) | (last ? RpcHeader.PFC_LAST_FRAG : 0);
            ByteBuffer out = RpcHeader.begin(RpcHeader.RESPONSE, flags, callId, RESPONSE_HEADER_BYTES + bytes);
            out.putInt(stub.length - from); // alloc_hint
            out.putShort((short) contextId); // p_cont_id
            out.put((byte) 0); // cancel_count
            out.put((byte) 0); // reserved
            out.put(stub, from, bytes); // stub data
            fragments.add(out.rewind());
            from += bytes;
        } while (from < stub.length);
        return fragments;
    }

    static ByteBuffer encodeFault(int callId, int contextId, int status) {
        int flags = RpcHeader.PFC_FIRST_FRAG | RpcHeader.PFC_LAST_FRAG | RpcHeader.PFC_DID_NOT_EXECUTE;
        ByteBuffer out = RpcHeader.begin(RpcHeader.FAULT, flags, callId, FAULT_BYTES);
        out.putInt(0); // alloc_hint
        out.putShort((short) contextId); // p_cont_id
        out.put((byte) 0); // cancel_count
        out.put((byte) 0); // reserved
        out.putInt(status); // status; four bytes of padding follow
        return out.rewind();
    }
}
