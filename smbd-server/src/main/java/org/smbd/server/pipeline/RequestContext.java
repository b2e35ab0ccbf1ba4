package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.server.conn.Caller;
import org.smbd.server.conn.Connection;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;

/** The facts of one request, checked before its handler runs. Used by one thread at a time. */
public interface RequestContext {
    /** The header as received, with the related ids of a compound already put in place. */
    Smb2Header header();

    Connection connection();

    /** The session; only for commands that need one. */
    Session session();

    /** Who asks; only for commands that need a session. */
    default Caller caller() {
        return new Caller(connection(), session());
    }

    /** The tree connect; only for commands that need one. */
    TreeConnect tree();

    /**
     * The open that a request names, held until the reply has been made: a CLOSE waits for it. Takes the place of a
     * FileId of all ones in a related compound.
     *
     * @throws org.smbd.core.status.SmbException FILE_CLOSED if there is none of this session and tree
     */
    OpenHandle open(FileId fileId);

    /** Registers the open that a CREATE made as the one that related requests behind it mean. */
    void created(OpenHandle open);

    /**
     * Whether the handler runs on a thread of the pool; if not, it answers {@link Reply.WouldBlock} rather than wait.
     */
    default boolean mayBlock() {
        return true;
    }

    /**
     * Has something done, which must not block, once the reply is on its way: what is sent from then on comes behind
     * it. Not done if the connection ends before.
     */
    void onSent(Runnable listener);

    /**
     * Room for payload in the response, behind {@code fixedBytes} of the response body: a direct buffer with
     * {@code writerIndex} 0 and {@code payloadBytesMax} bytes of capacity. The pipeline owns it.
     */
    ByteBuf payload(int fixedBytes, int payloadBytesMax);
}
