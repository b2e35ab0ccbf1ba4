package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * The first 64 bytes of each message. MS-SMB2 2.2.1 SMB2 Packet Header, both forms.
 *
 * <p>The signature is no component: it is computed over the message in place, at {@link #SIGNATURE_OFFSET}, and encoded
 * as zeros. The static setters rewrite one field of a header that stands in a buffer at index {@code header}.
 *
 * @param creditCharge credits that the request consumes
 * @param status of a response; in a request of 3.x its low half is {@link #channelSequence()}
 * @param credits asked for by a request, granted by a response
 * @param flags see {@link Smb2Flags}
 * @param nextCommand bytes from this header to the next of a compound, 0 in the last
 * @param processId Reserved of the synchronous form, where clients put a process id; low half of the AsyncId of the
 *     other
 * @param treeId of the synchronous form; high half of the AsyncId of the other
 */
public record Smb2Header(
        int creditCharge,
        int status,
        Smb2Command command,
        int credits,
        int flags,
        int nextCommand,
        long messageId,
        int processId,
        int treeId,
        long sessionId) {
    public static final int SIZE_BYTES = 64;
    /** {@code FE 'S' 'M' 'B'}, read little-endian. */
    public static final int PROTOCOL_ID = 0x424D53FE;
    /** MessageId of what the server sends unasked. MS-SMB2 2.2.23 SMB2 OPLOCK_BREAK Notification, 3.3.4.6. */
    public static final long UNSOLICITED_MESSAGE_ID = -1;

    public static final int SIGNATURE_OFFSET = 48;
    public static final int SIGNATURE_BYTES = 16;

    private static final int STATUS_OFFSET = 8;
    private static final int CREDITS_OFFSET = 14;
    private static final int FLAGS_OFFSET = 16;
    private static final int NEXT_COMMAND_OFFSET = 20;
    private static final int MESSAGE_ID_OFFSET = 24;
    private static final int ASYNC_ID_OFFSET = 32;
    private static final int TREE_ID_OFFSET = 36;
    private static final int SESSION_ID_OFFSET = 40;

    /**
     * Reads a header. What is no header, or names no command, costs the connection: MS-SMB2 3.3.5.2.6 Handling
     * Incorrectly Formatted Requests.
     */
    public static Smb2Header decode(WireReader in) {
        if (in.remaining() < SIZE_BYTES || in.i32() != PROTOCOL_ID || in.u16() != SIZE_BYTES) {
            throw MalformedMessage.connection();
        }
        int creditCharge = in.u16();
        int status = in.i32();
        Smb2Command command = Smb2Command.of(in.u16()).orElseThrow(MalformedMessage::connection);
        Smb2Header header = new Smb2Header(
                creditCharge,
                status,
                command,
                in.u16(), // CreditRequest/CreditResponse
                in.i32(), // Flags
                in.i32(), // NextCommand
                in.i64(), // MessageId
                in.i32(), // Reserved
                in.i32(), // TreeId
                in.i64()); // SessionId
        in.skip(SIGNATURE_BYTES);
        return header;
    }

    public void encode(WireWriter out) {
        out.i32(PROTOCOL_ID);
        out.u16(SIZE_BYTES);
        out.u16(creditCharge);
        out.i32(status);
        out.u16(command.code());
        out.u16(credits);
        out.i32(flags);
        out.i32(nextCommand);
        out.i64(messageId);
        out.i32(processId);
        out.i32(treeId);
        out.i64(sessionId);
        out.zeros(SIGNATURE_BYTES);
    }

    public boolean has(int flagBits) {
        return (flags & flagBits) == flagBits;
    }

    public boolean isAsync() {
        return has(Smb2Flags.ASYNC_COMMAND);
    }

    public boolean isRelated() {
        return has(Smb2Flags.RELATED_OPERATIONS);
    }

    /** Names a pending operation; only of the asynchronous form. */
    public long asyncId() {
        return (processId & 0xFFFFFFFFL) | ((long) treeId << 32);
    }

    /** Tells which generation of channels sent the request; of requests of 3.x. */
    public int channelSequence() {
        return status & 0xFFFF;
    }

    /**
     * How long the message of this header is, of the bytes from here to the end of the frame. A NextCommand that is no
     * multiple of 8, lies within this message's fixed part or leaves no room for the next header costs the connection:
     * MS-SMB2 3.3.5.2.7 Handling Compounded Requests.
     */
    public int messageBytes(int availableBytes) {
        if (nextCommand == 0) {
            return availableBytes;
        }
        if (nextCommand < SIZE_BYTES + 2 || (nextCommand & 7) != 0 || nextCommand > availableBytes - SIZE_BYTES) {
            throw MalformedMessage.connection();
        }
        return nextCommand;
    }

    public static void setStatus(ByteBuf buffer, int header, int status) {
        buffer.setIntLE(header + STATUS_OFFSET, status);
    }

    public static void setCredits(ByteBuf buffer, int header, int credits) {
        buffer.setShortLE(header + CREDITS_OFFSET, credits);
    }

    public static void setFlags(ByteBuf buffer, int header, int flags) {
        buffer.setIntLE(header + FLAGS_OFFSET, flags);
    }

    /** Sets flags and keeps those that are set. */
    public static void addFlags(ByteBuf buffer, int header, int flags) {
        setFlags(buffer, header, buffer.getIntLE(header + FLAGS_OFFSET) | flags);
    }

    public static void setNextCommand(ByteBuf buffer, int header, int nextCommand) {
        buffer.setIntLE(header + NEXT_COMMAND_OFFSET, nextCommand);
    }

    public static void setMessageId(ByteBuf buffer, int header, long messageId) {
        buffer.setLongLE(header + MESSAGE_ID_OFFSET, messageId);
    }

    public static void setAsyncId(ByteBuf buffer, int header, long asyncId) {
        buffer.setLongLE(header + ASYNC_ID_OFFSET, asyncId);
    }

    public static void setTreeId(ByteBuf buffer, int header, int treeId) {
        buffer.setIntLE(header + TREE_ID_OFFSET, treeId);
    }

    public static void setSessionId(ByteBuf buffer, int header, long sessionId) {
        buffer.setLongLE(header + SESSION_ID_OFFSET, sessionId);
    }

    /** Stores the first 16 bytes of a computed signature. */
    public static void setSignature(ByteBuf buffer, int header, byte[] signature) {
        buffer.setBytes(header + SIGNATURE_OFFSET, signature, 0, SIGNATURE_BYTES);
    }

    /** Zeros the signature, as it is while one is computed. */
    public static void clearSignature(ByteBuf buffer, int header) {
        buffer.setZero(header + SIGNATURE_OFFSET, SIGNATURE_BYTES);
    }
}
