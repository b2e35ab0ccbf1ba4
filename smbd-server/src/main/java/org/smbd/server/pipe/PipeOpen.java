package org.smbd.server.pipe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.RpcConnection;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.Identities;

/**
 * One open of a named pipe of messages: what is written to it is consumed, and answered, at once; a read waits for it.
 * MS-RPCE 2.1.1.2 SMB. Used by many threads.
 */
public final class PipeOpen {
    /** MS-FSCC 2.4.37 FilePipeInformation, ReadMode: a read passes the end of no message, and says when one goes on. */
    private static final int READ_MODE_MESSAGE = 1;

    /** The same, CompletionMode: a read of an empty pipe fails at once. */
    private static final int COMPLETION_MODE_COMPLETE = 1;

    private final String name;
    private final RpcConnection rpc;

    @GuardedBy("this")
    private boolean messages = true;

    @GuardedBy("this")
    private boolean waits = true;

    @GuardedBy("this")
    private boolean closed;

    /** In the order of their arrival. */
    @GuardedBy("this")
    private final Deque<WaitingRead> waiting = new ArrayDeque<>();

    /** @param name as {@code \\PIPE\\srvsvc} */
    public PipeOpen(String name, RpcConnection rpc) {
        this.name = name;
        this.rpc = rpc;
    }

    /** Its name, as {@code \\PIPE\\srvsvc}. */
    public String name() {
        return name;
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
    public void write(ByteBuf data) {
        List<Runnable> completions;
        boolean whole;
        Identities.restore(); // services read and write files of the daemon
        synchronized (this) {
            whole = !closed && rpc.write(data);
            completions = serveWaiting();
        }
        completions.forEach(Runnable::run);
        if (!whole) {
            throw NtStatus.PIPE_DISCONNECTED.exception();
        }
    }

    /** Takes what has come for the reads that wait for it; what is left is to tell them, with no lock held. */
    @GuardedBy("this")
    private List<Runnable> serveWaiting() {
        List<Runnable> completions = new ArrayList<>();
        while (!waiting.isEmpty() && (rpc.messageRemaining() > 0 || rpc.isBroken())) {
            WaitingRead read = waiting.remove();
            if (read.claim()) {
                Outcome<PipeMessage> outcome = rpc.messageRemaining() > 0
                        ? new Outcome.Done<>(next(read.lengthMax()))
                        : new Outcome.Fail<>(NtStatus.PIPE_DISCONNECTED);
                completions.add(() -> read.complete(outcome));
            }
        }
        return completions;
    }

    @GuardedBy("this")
    private PipeMessage next(int lengthMax) {
        ByteBuf data = Unpooled.buffer(Math.min(lengthMax, rpc.messageRemaining()));
        return new PipeMessage(read(data, lengthMax), data);
    }

    /**
     * Reads a message, or as much of it as asked for. Where none has come it waits, unless the client has asked that
     * nothing waits: then it is PIPE_EMPTY. PIPE_DISCONNECTED where none will ever come.
     */
    public synchronized Outcome<PipeMessage> read(int lengthMax) {
        if (rpc.messageRemaining() > 0) {
            return new Outcome.Done<>(next(lengthMax));
        }
        if (closed || rpc.isBroken()) {
            return new Outcome.Fail<>(NtStatus.PIPE_DISCONNECTED);
        }
        if (!waits) {
            return new Outcome.Fail<>(NtStatus.PIPE_EMPTY);
        }
        waiting.removeIf(WaitingRead::isClaimed); // cancelled ones take no room
        WaitingRead read = new WaitingRead(lengthMax);
        waiting.add(read);
        return new Outcome.Wait<>(read);
    }

    /** Bytes that are left of the message that is read next; 0 where none waits. */
    public synchronized int messageRemaining() {
        return rpc.messageRemaining();
    }

    /**
     * Appends a message, or as much of it as asked for; never waits.
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

    /**
     * MS-FSCC 2.4.37 FilePipeInformation.
     *
     * @param readMode 0 reads bytes, 1 messages
     * @param completionMode 0: a read of an empty pipe waits, 1: it fails
     */
    public synchronized void setModes(int readMode, int completionMode) {
        setReadMode(readMode);
        waits = completionMode != COMPLETION_MODE_COMPLETE;
    }

    /** 0 reads bytes, 1 messages. */
    public synchronized void setReadMode(int readMode) {
        messages = readMode == READ_MODE_MESSAGE;
    }

    /** Ends the conversation, and what waits for it with PIPE_BROKEN. */
    public void close() {
        List<WaitingRead> over;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            rpc.close();
            over = List.copyOf(waiting);
            waiting.clear();
        }
        over.forEach(read -> read.cancel(NtStatus.PIPE_BROKEN));
    }
}
