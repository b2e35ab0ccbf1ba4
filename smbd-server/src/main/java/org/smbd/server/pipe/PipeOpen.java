package org.smbd.server.pipe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.buffer.ByteBuf;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.RpcConnection;

/**
 * One open of a named pipe of messages: what is written to it is consumed, and answered, at once. MS-RPCE 2.1.1.2 SMB.
 * Used by many threads.
 */
public final class PipeOpen {
    /** MS-FSCC 2.4.37 FilePipeInformation, ReadMode: a read passes the end of no message, and says when one goes on. */
    private static final int READ_MODE_MESSAGE = 1;

    private final RpcConnection rpc;

    @GuardedBy("this")
    private boolean messages = true;

    @GuardedBy("this")
    private boolean closed;

    public PipeOpen(RpcConnection rpc) {
        this.rpc = rpc;
    }

    /**
     * What waits to be read.
     *
     * @param unreadBytes of all messages
     * @param messages how many, a half-read one included
     * @param messageBytes what is left of the first
     * @param broken whether no more will come
     */
    public record Backlog(int unreadBytes, int messages, int messageBytes, boolean broken) {}

    /**
     * Consumes data of the client.
     *
     * @throws org.smbd.core.status.SmbException PIPE_DISCONNECTED once client or protocol have ended the conversation
     */
    public synchronized void write(ByteBuf data) {
        if (closed || !rpc.write(data)) {
            throw NtStatus.PIPE_DISCONNECTED.exception();
        }
    }

    /** Bytes that are left of the message that is read next; 0 where none waits. */
    public synchronized int messageRemaining() {
        return rpc.messageRemaining();
    }

    /**
     * Appends a message, or as much of it as asked for.
     *
     * @return SUCCESS, BUFFER_OVERFLOW where the message goes on, PIPE_EMPTY where none waits, PIPE_DISCONNECTED where
     *     none will ever come
     */
    public synchronized NtStatus read(ByteBuf target, int lengthMax) {
        if (rpc.messageRemaining() == 0) {
            return closed || rpc.isBroken() ? NtStatus.PIPE_DISCONNECTED : NtStatus.PIPE_EMPTY;
        }
        int bytes = rpc.read(target, lengthMax);
        boolean goesOn = bytes == 0 || rpc.isInsideMessage();
        return goesOn && messages ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS;
    }

    /** Appends the beginning of what a read would return, and leaves it where it is. */
    public synchronized void peek(ByteBuf target, int lengthMax) {
        rpc.peek(target, lengthMax);
    }

    /** What waits to be read. */
    public synchronized Backlog backlog() {
        return new Backlog(rpc.unreadBytes(), rpc.unreadMessages(), rpc.messageRemaining(), closed || rpc.isBroken());
    }

    /** MS-FSCC 2.4.37 FilePipeInformation: 0 reads bytes, 1 messages. */
    public synchronized void setReadMode(int readMode) {
        messages = readMode == READ_MODE_MESSAGE;
    }

    /** Ends the conversation. */
    public synchronized void close() {
        closed = true;
    }
}
