package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.server.conn.Connection;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;

/**
 * One request on its way: Request of MS-SMB2 3.3.1.13 Per Request. The pipeline fills it, step by step; handlers see it
 * as {@link RequestContext}.
 */
public final class Request implements RequestContext {
    private final Connection connection;
    private final ByteBuf message;
    private final boolean sealed;
    private final ResponseBuffer response;
    private final int unknownCommand;
    private Smb2Header header;
    private Session session;
    private TreeConnect tree;
    private OpenHandle open;
    private FileId fileId;
    private boolean sequenced;
    private NtStatus refusal;
    private Consumer<ByteBuf> encodedListener;
    private long replySessionId;
    private int replyTreeId;
    private boolean signReply;
    private boolean mayBlock = true;
    private Runnable sentListener = () -> {};

    /**
     * A request as it came.
     *
     * @param unknownCommand the code of a command that does not exist, which the header cannot hold; -1 for others
     * @param sealedBy whose key opened the frame; null if it came in the clear. Whatever becomes of the request, and
     *     also if its command needs no session, this session seals the answer.
     */
    Request(Connection connection, Smb2Header header, int unknownCommand, ByteBuf message, Session sealedBy) {
        this.connection = connection;
        this.header = header;
        this.unknownCommand = unknownCommand;
        this.message = message;
        this.sealed = sealedBy != null;
        this.session = sealedBy;
        this.response = new ResponseBuffer(connection.transport().allocator());
        this.replySessionId = header.sessionId();
        this.replyTreeId = header.treeId();
    }

    @Override
    public Smb2Header header() {
        return header;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public TreeConnect tree() {
        return tree;
    }

    @Override
    public OpenHandle open(FileId named) {
        if (open == null) {
            throw NtStatus.FILE_CLOSED.exception();
        }
        return open;
    }

    @Override
    public void created(OpenHandle created) {
        fileId = created.fileId();
    }

    @Override
    public ByteBuf payload(int fixedBytes, int payloadBytesMax) {
        return response.payload(fixedBytes, payloadBytesMax);
    }

    @Override
    public void onSent(Runnable listener) {
        sentListener = listener;
    }

    /** The reply is on its way. */
    void sent() {
        sentListener.run();
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    void setMayBlock(boolean value) {
        mayBlock = value;
    }

    /** The message as it was sent, from its header on, without the messages behind it; borrowed. */
    public ByteBuf message() {
        return message;
    }

    /** Request.IsEncrypted. */
    public boolean isSealed() {
        return sealed;
    }

    /** The response names this session: SESSION_SETUP made it, or goes on with it. */
    public void answerFor(Session loggingIn) {
        session = loggingIn;
        replySessionId = loggingIn.sessionId();
    }

    /** The response names this tree connect: TREE_CONNECT made it. */
    public void connected(TreeConnect connected) {
        tree = connected;
        replyTreeId = connected.treeId();
    }

    /** The response must be signed, whatever the rules for other responses say. */
    public void signReply() {
        signReply = true;
    }

    /** Has the response shown as it is sent, header to end, with credits and signature; not if it is sealed. */
    public void onEncoded(Consumer<ByteBuf> listener) {
        encodedListener = listener;
    }

    ResponseBuffer response() {
        return response;
    }

    /** The code of a command that does not exist, or -1; the header then names another. */
    int unknownCommand() {
        return unknownCommand;
    }

    void setHeader(Smb2Header resolved) {
        header = resolved;
        replySessionId = resolved.sessionId();
        replyTreeId = resolved.treeId();
    }

    void setSession(Session found) {
        session = found;
    }

    void setTree(TreeConnect found) {
        tree = found;
    }

    /** The open that the request names, already referenced. */
    void setOpen(FileId named, OpenHandle referenced) {
        fileId = named;
        open = referenced;
    }

    /** The request was counted in the channel sequence of its open. */
    void setSequenced() {
        sequenced = true;
    }

    /** The FileId that the request names or made; null if none. */
    FileId fileId() {
        return fileId;
    }

    /** A step of the pipeline refused the request. */
    void refuse(NtStatus status) {
        refusal = status;
    }

    NtStatus refusal() {
        return refusal;
    }

    Consumer<ByteBuf> encodedListener() {
        return encodedListener;
    }

    long replySessionId() {
        return replySessionId;
    }

    int replyTreeId() {
        return replyTreeId;
    }

    boolean mustSignReply() {
        return signReply;
    }

    /**
     * Gives the open back, once: the reply is made, or comes later.
     *
     * @param pool closes the file, if this was its last use and the request may not block
     */
    void releaseOpen(Executor pool) {
        OpenHandle held = open;
        if (held != null) {
            open = null;
            if (sequenced) {
                held.channelSequence().end(header.channelSequence());
            }
            held.release(mayBlock ? Runnable::run : pool);
        }
    }
}
