package org.smbd.protocol.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.smbd.protocol.rpc.BindPdu.ContextElement;
import org.smbd.protocol.rpc.BindPdu.ContextResult;

/**
 * The server's end of one open pipe. C706 9.3 and 12, MS-RPCE 3.3: takes the bytes that the client writes, in pieces of
 * any size, and keeps the PDUs that answer them until they are read. Each PDU is a message of the pipe: a read never
 * passes its end, and reads that stop before it say so.
 *
 * <pre>
 *  unbound --bind--> bound --request (first)--> reassembling --request (last)--> bound
 *     any --protocol violation, or more than the limits--> broken
 * </pre>
 */
public final class RpcConnection {
    /** Largest fragment that we take in: what Windows uses at most. */
    public static final int FRAGMENT_BYTES_MAX = 5840;
    /** Largest fragment that we offer: what Windows offers over pipes. */
    public static final int FRAGMENT_BYTES_OFFERED = 4280;
    /** C706 12.6.3.1 MustRecvFragSize: everyone takes fragments of this size. */
    public static final int FRAGMENT_BYTES_MIN = 1432;
    /** Largest request; the arguments of our operations are names. */
    public static final int REQUEST_BYTES_MAX = 64 * 1024;
    /** Most presentation contexts of one connection. */
    public static final int CONTEXTS_MAX = 64;
    /** Answers that wait to be read; a client that calls on without reading is cut. */
    public static final int UNREAD_BYTES_MAX = 8 * 1024 * 1024;

    private final List<RpcInterface> interfaces;
    private final String secondaryAddress;
    private final AssociationGroups groups;
    private final Object owner;

    @GuardedBy("this")
    private final ConnectionSecurity security;

    @GuardedBy("this")
    private final byte[] fragment = new byte[FRAGMENT_BYTES_MAX];

    @GuardedBy("this")
    private int fragmentFilled;

    @GuardedBy("this")
    private final Map<Integer, RpcInterface> contexts = new HashMap<>();

    @GuardedBy("this")
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();

    @GuardedBy("this")
    private int unreadBytes;

    @GuardedBy("this")
    private boolean bound;

    @GuardedBy("this")
    private boolean broken;

    @GuardedBy("this")
    private int transmitFragmentMax = FRAGMENT_BYTES_MIN;

    @GuardedBy("this")
    private AssociationGroups.Group group;

    @GuardedBy("this")
    private Call call;

    /** A request of which the last fragment has not come. */
    private record Call(int callId, int contextId, int opnum, ByteOrder order, ByteArrayOutputStream stub) {}

    /**
     * @param interfaces what a client can bind to here
     * @param secondaryAddress the pipe as clients know it, {@code \PIPE\srvsvc}
     * @param groups where the client's other connections are
     * @param owner who calls
     * @param security begins an authentication; empty where none is taken
     */
    public RpcConnection(
            List<RpcInterface> interfaces,
            String secondaryAddress,
            AssociationGroups groups,
            Object owner,
            Optional<Supplier<RpcSecurity>> security) {
        this.security = new ConnectionSecurity(security);
        this.interfaces = List.copyOf(interfaces);
        this.secondaryAddress = secondaryAddress;
        this.groups = groups;
        this.owner = owner;
    }

    /**
     * Takes what the client wrote; reads the buffer to its end. Calls are performed at once, on this thread.
     *
     * @return false where the client has broken the protocol, now or before; the pipe is then as good as closed
     */
    public synchronized boolean write(ByteBuf data) {
        while (!broken && data.isReadable()) {
            fill(data, fragmentFilled < RpcHeader.SIZE_BYTES ? RpcHeader.SIZE_BYTES : fragmentLength());
            if (fragmentFilled >= RpcHeader.SIZE_BYTES) {
                acceptIfWhole(fragmentLength());
            }
        }
        data.skipBytes(data.readableBytes());
        return !broken;
    }

    @GuardedBy("this")
    private void fill(ByteBuf data, int upTo) {
        int bytes = Math.min(upTo - fragmentFilled, data.readableBytes());
        data.readBytes(fragment, fragmentFilled, bytes);
        fragmentFilled += bytes;
    }

    @GuardedBy("this")
    private int fragmentLength() {
        return RpcHeader.decode(ByteBuffer.wrap(fragment)).fragmentLength();
    }

    @GuardedBy("this")
    private void acceptIfWhole(int length) {
        if (length < RpcHeader.SIZE_BYTES || length > FRAGMENT_BYTES_MAX) {
            broken = true;
            return;
        }
        if (fragmentFilled < length) {
            return;
        }
        fragmentFilled = 0;
        ByteBuffer in = ByteBuffer.wrap(fragment, 0, length);
        RpcHeader header = RpcHeader.decode(in);
        try {
            accept(header, in);
        } catch (RpcFault fault) {
            fault(header, fault);
        }
    }

    @GuardedBy("this")
    private void accept(RpcHeader header, ByteBuffer in) {
        boolean bind = header.type() == RpcHeader.BIND;
        if (header.majorVersion() != RpcHeader.MAJOR_VERSION) {
            refuse(header, bind, BindPdu.PROTOCOL_VERSION_NOT_SUPPORTED);
            return;
        }
        switch (header.type()) {
            case RpcHeader.BIND, RpcHeader.ALTER_CONTEXT -> {
                if (bind == bound) {
                    throw RpcFault.PROTOCOL_ERROR;
                }
                if (header.authLength() != 0 && !security.serves(AuthTrailer.decode(header, in))) {
                    refuse(header, bind, BindPdu.AUTHENTICATION_TYPE_NOT_RECOGNIZED);
                    return;
                }
                bind(header, in);
            }
            case RpcHeader.AUTH3 -> negotiate(header, in);
            case RpcHeader.REQUEST -> {
                security.unprotect(header, in, CallPdu.stubOffset(header));
                request(header, CallPdu.decode(header, in));
            }
            case RpcHeader.CO_CANCEL, RpcHeader.ORPHANED -> {
                // C706 12.6.4.6, 12.6.4.8: calls are over before their cancellation can come; a half-sent one is
                // dropped.
                if (call != null && call.callId == header.callId()) {
                    call = null;
                }
            }
            default -> throw RpcFault.PROTOCOL_ERROR;
        }
    }

    @GuardedBy("this")
    private void refuse(RpcHeader header, boolean bind, int reason) {
        if (!bind) {
            throw RpcFault.PROTOCOL_ERROR;
        }
        send(BindPdu.encodeNak(header.callId(), reason));
    }

    /** C706 12.6.4.1, MS-RPCE 2.2.2.10 rpc_auth_3: the token of a PDU; what is to be answered. */
    @GuardedBy("this")
    private byte[] negotiate(RpcHeader header, ByteBuffer in) {
        boolean headerSigning = (header.flags() & RpcHeader.PFC_SUPPORT_HEADER_SIGN) != 0;
        return security.negotiate(AuthTrailer.decode(header, in), AuthTrailer.value(header, in), headerSigning);
    }

    @GuardedBy("this")
    private void bind(RpcHeader header, ByteBuffer in) {
        boolean authenticates = header.authLength() != 0;
        byte[] token = authenticates ? negotiate(header, in) : new byte[0];
        BindPdu pdu = BindPdu.decode(authenticates ? in.limit(AuthTrailer.offset(header)) : in);
        List<ContextResult> results = new ArrayList<>();
        for (ContextElement element : pdu.contexts()) {
            results.add(accept(element));
        }
        if (header.type() == RpcHeader.BIND) {
            bound = true;
            transmitFragmentMax = fragmentMax(pdu.receiveFragmentMax());
            group = groups.join(pdu.associationGroup(), owner);
        }
        boolean bind = header.type() == RpcHeader.BIND;
        ByteBuffer answer = BindPdu.encodeAck(
                bind ? RpcHeader.BIND_ACK : RpcHeader.ALTER_CONTEXT_RESPONSE,
                header.callId(),
                transmitFragmentMax,
                fragmentMax(pdu.transmitFragmentMax()),
                group.id(),
                bind ? secondaryAddress : "",
                results);
        if (security.isHeaderSigned()) {
            answer.put(RpcHeader.FLAGS, (byte) (answer.get(RpcHeader.FLAGS) | RpcHeader.PFC_SUPPORT_HEADER_SIGN));
        }
        send(token.length != 0 ? security.withToken(answer, token) : answer);
    }

    private static int fragmentMax(int wished) {
        return Math.max(FRAGMENT_BYTES_MIN, Math.min(FRAGMENT_BYTES_OFFERED, wished));
    }

    @GuardedBy("this")
    private ContextResult accept(ContextElement element) {
        for (RpcInterface candidate : interfaces) {
            if (serves(candidate.syntax(), element.abstractSyntax())) {
                if (!element.transferSyntaxes().contains(SyntaxId.NDR)) {
                    return ContextResult.UNKNOWN_TRANSFER_SYNTAX;
                }
                if (contexts.size() >= CONTEXTS_MAX && !contexts.containsKey(element.contextId())) {
                    return ContextResult.LIMIT_EXCEEDED;
                }
                contexts.put(element.contextId(), candidate);
                return ContextResult.ACCEPTED;
            }
        }
        return ContextResult.UNKNOWN_INTERFACE;
    }

    private static boolean serves(SyntaxId ours, SyntaxId asked) {
        return ours.uuid().equals(asked.uuid())
                && ours.majorVersion() == asked.majorVersion()
                && ours.minorVersion() >= asked.minorVersion();
    }

    @GuardedBy("this")
    private void request(RpcHeader header, CallPdu pdu) {
        if (!bound || header.isFirst() == (call != null)) {
            throw RpcFault.PROTOCOL_ERROR;
        }
        if (header.isFirst()) {
            call = new Call(header.callId(), pdu.contextId(), pdu.opnum(), header.order(), new ByteArrayOutputStream());
        } else if (call.callId != header.callId() || call.order != header.order()) {
            throw RpcFault.PROTOCOL_ERROR;
        }
        if (call.stub.size() + pdu.stub().remaining() > REQUEST_BYTES_MAX) {
            throw RpcFault.NO_MEMORY;
        }
        byte[] piece = new byte[pdu.stub().remaining()];
        pdu.stub().get(piece);
        call.stub.writeBytes(piece);
        if (header.isLast()) {
            Call whole = call;
            call = null;
            perform(whole);
        }
    }

    @GuardedBy("this")
    private void perform(Call whole) {
        RpcInterface target = contexts.get(whole.contextId);
        try {
            if (target == null) {
                throw RpcFault.UNKNOWN_INTERFACE;
            }
            NdrWriter out = new NdrWriter();
            target.call(
                    whole.opnum,
                    new NdrReader(ByteBuffer.wrap(whole.stub.toByteArray()).order(whole.order)),
                    out,
                    group.handles());
            List<ByteBuffer> fragments = CallPdu.encodeResponse(
                    whole.callId, whole.contextId, out.toByteArray(), transmitFragmentMax - security.overheadBytes());
            for (ByteBuffer pdu : fragments) {
                send(security.protect(pdu));
            }
        } catch (RpcFault fault) {
            send(CallPdu.encodeFault(whole.callId, whole.contextId, fault.status()));
        }
    }

    /** A fault outside a call: the client is told, and not listened to any more. */
    @GuardedBy("this")
    private void fault(RpcHeader header, RpcFault fault) {
        send(CallPdu.encodeFault(header.callId(), 0, fault.status()));
        call = null;
        broken = true;
    }

    @GuardedBy("this")
    private void send(ByteBuffer pdu) {
        if (unreadBytes + pdu.remaining() > UNREAD_BYTES_MAX) {
            unread.clear();
            unreadBytes = 0;
            broken = true;
        }
        if (!broken) {
            unread.add(pdu);
            unreadBytes += pdu.remaining();
        }
    }

    /** Ends the conversation; what the client held goes with the last connection of its group. */
    public synchronized void close() {
        broken = true;
        unread.clear();
        unreadBytes = 0;
        if (group != null) {
            groups.leave(group);
            group = null;
        }
    }

    /** Bytes of the message that the next read returns, or the rest of it; 0 where nothing waits. */
    public synchronized int messageRemaining() {
        ByteBuffer message = unread.peek();
        return message == null ? 0 : message.remaining();
    }

    /** Whether a read stopped before the end of a message: the status of that read is then BUFFER_OVERFLOW. */
    public synchronized boolean isInsideMessage() {
        ByteBuffer message = unread.peek();
        return message != null && message.position() > 0;
    }

    /** Bytes of all messages that wait. */
    public synchronized int unreadBytes() {
        return unreadBytes;
    }

    /** How many messages wait, a half-read one included. */
    public synchronized int unreadMessages() {
        return unread.size();
    }

    /** Appends the beginning of what {@link #read} would return to a buffer, and leaves it to be read. */
    public synchronized void peek(ByteBuf target, int lengthMax) {
        ByteBuffer message = unread.peek();
        if (message != null) {
            target.writeBytes(message.slice(message.position(), Math.min(lengthMax, message.remaining())));
        }
    }

    /** Whether the client has broken the protocol; what waits can still be read. */
    public synchronized boolean isBroken() {
        return broken;
    }

    /**
     * Appends the next message, or as much of it as asked for, to a buffer.
     *
     * @return bytes appended; 0 where nothing waits
     */
    public synchronized int read(ByteBuf target, int lengthMax) {
        ByteBuffer message = unread.peek();
        if (message == null) {
            return 0;
        }
        int bytes = Math.min(lengthMax, message.remaining());
        target.writeBytes(message.slice(message.position(), bytes));
        message.position(message.position() + bytes);
        unreadBytes -= bytes;
        if (!message.hasRemaining()) {
            unread.remove();
        }
        return bytes;
    }
}
