package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.server.conn.Connection;
import org.smbd.server.pipeline.PendingReply;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;
import org.smbd.server.smb2.IoctlHandler;

/**
 * Control codes of NT_TRANSACT_IOCTL: MS-SMB 2.2.7.2, 3.3.5.11.1. Those of files are done by the handler that SMB2
 * has for them: codes, inputs and outputs are the same.
 */
final class Smb1Controls {
    private final IoctlHandler handler;

    Smb1Controls(IoctlHandler handler) {
        this.handler = handler;
    }

    Smb1Reply perform(Transaction transaction, int controlCode, int fid, boolean isFsctl) {
        Smb1Open open = transaction.call().open(fid);
        if (!IoctlHandler.isAboutFile(controlCode) || !isFsctl) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        IoctlRequest request = new IoctlRequest(
                controlCode,
                open.handle().fileId(),
                0,
                transaction.dataMax(),
                IoctlRequest.FLAG_IS_FSCTL,
                transaction.data());
        Context context = new Context(transaction.call(), open.handle());
        try {
            return reply(transaction, context, handler.handle(context, request));
        } finally {
            context.release();
        }
    }

    private static Smb1Reply reply(Transaction transaction, Context context, Reply reply) {
        if (reply instanceof Reply.Success success) {
            return transaction.answer(success.status(), out -> {}, context.take(success.payloadBytes()));
        }
        if (reply instanceof Reply.Failure failure) {
            return new Smb1Reply.Failure(failure.status());
        }
        PendingReply later = ((Reply.Pending) reply).later();
        return new Smb1Reply.Later(new Smb1Reply.Waiting() {
            @Override
            public void onDone(Consumer<Smb1Reply> receiver) {
                later.onDone(done -> receiver.accept(reply(transaction, context, done)));
            }

            @Override
            public boolean cancel(NtStatus status) {
                return later.cancel(status);
            }
        });
    }

    /** A call as the handler sees it. */
    private static final class Context implements RequestContext {
        private final Smb1Call call;
        private final OpenHandle open;
        private ByteBuf payload;

        Context(Smb1Call call, OpenHandle open) {
            this.call = call;
            this.open = open;
        }

        @Override
        public Smb2Header header() {
            throw new UnsupportedOperationException("a message of SMB1 has no such header");
        }

        @Override
        public Connection connection() {
            return call.connection().connection();
        }

        @Override
        public Session session() {
            return call.session();
        }

        @Override
        public TreeConnect tree() {
            return call.share();
        }

        @Override
        public OpenHandle open(FileId fileId) {
            return open;
        }

        @Override
        public void created(OpenHandle created) {
            throw new UnsupportedOperationException("control requests open nothing");
        }

        @Override
        public void onSent(Runnable listener) {
            throw new UnsupportedOperationException("control requests grant and acknowledge nothing");
        }

        @Override
        public ByteBuf payload(int fixedBytes, int payloadBytesMax) {
            release();
            payload = call.buffer(payloadBytesMax);
            return payload;
        }

        /** Hands over what was filled of the payload. */
        ByteBuf take(int bytes) {
            ByteBuf taken = payload == null ? call.buffer(1) : payload;
            payload = null;
            return taken.setIndex(0, bytes);
        }

        void release() {
            if (payload != null) {
                payload.release();
                payload = null;
            }
        }
    }
}
