package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Guid;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Response;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.config.Leases;
import org.smbd.server.config.Limits;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.ConnectionLimits;
import org.smbd.server.conn.Lane;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.conn.Peer;
import org.smbd.server.conn.Transport;
import org.smbd.server.net.ServerInterfaces;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.DurableOpens;
import org.smbd.server.session.MessageSecurity;
import org.smbd.server.session.OpenBudget;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.FileService;
import org.smbd.vfs.oplock.BreakClock;

/** A session with a share and IPC$, without network and pipeline: what handlers need to be called. */
final class HandlerHarness {
    static final Guid SERVER_GUID = new Guid(0x1111_1111_1111_1111L, 0x2222_2222_2222_2222L);
    static final Guid CLIENT_GUID = new Guid(0x3333_3333_3333_3333L, 0x4444_4444_4444_4444L);
    static final int SIZE_MAX = 1024 * 1024;
    static final int READ_ONLY_ACCESS = AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_EXECUTE;

    private static final SecurityContext USER = new SecurityContext(
            "alice", Sid.unixUser(1000), Set.of(), Set.of(), Optional.empty(), SecurityContext.Kind.USER);

    final Connection connection;
    final Session session;
    final TreeConnect pipes;
    private TreeConnect share;

    HandlerHarness(Dialect dialect) {
        Lane lane = new Lane(Runnable::run);
        connection = new Connection(
                1,
                new Peer(InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress(), "client:1"),
                new Discarding(),
                SERVER_GUID,
                new ConnectionLimits(64, 1 << 20, 64, 64, 8, 8, 8),
                new AtomicLong(),
                lane,
                lane);
        connection.setNegotiated(new Negotiated(
                dialect,
                CLIENT_GUID,
                0x7F,
                1,
                List.of(0x0202, 0x0210, 0x0300, 0x0302),
                4,
                3,
                SIZE_MAX,
                SIZE_MAX,
                SIZE_MAX,
                Optional.empty(),
                SigningAlgorithm.HMAC_SHA256,
                false,
                false));
        session = new Session(7, dialect, 8, new OpenBudget(1000, 1000), new DurableOpens(BreakClock.ofProcess(), 8));
        session.establish(new Session.Established(USER, MessageSecurity.NONE, false, false, Optional.empty()));
        pipes = session.connect(
                id -> new TreeConnect(id, share("IPC$"), Optional.empty(), USER, AccessMask.FILE_ALL_ACCESS, false));
    }

    /** Serves files to requests from now on. */
    HandlerHarness serving(FileService files, int maximalAccess) {
        share = session.connect(id -> new TreeConnect(id, share("t"), Optional.of(files), USER, maximalAccess, false));
        return this;
    }

    /** What clients of a server of the loopback may connect to. */
    static ServerInterfaces interfaces() {
        return new ServerInterfaces(
                ServerConfig.builder().set("interfaces", "lo").build().listen());
    }

    /** The usual limits. */
    static Limits limits() {
        return ServerConfig.builder().build().limits();
    }

    /** No log-in within a pipe succeeds. */
    static AuthExchange noLogins() {
        return token -> new AuthStep.Failed(NtStatus.LOGON_FAILURE, "nobody is known", Optional.empty());
    }

    /** Opens, with every kind of cache. */
    static CreateHandler creating(PipeTree pipes) {
        SessionTable sessions =
                new SessionTable(8, new OpenBudget(1000, 1000), new DurableOpens(BreakClock.ofProcess(), 8));
        DurableHandles durables = new DurableHandles(sessions, limits(), new PersistentHandles(Optional.empty()));
        return new CreateHandler(
                pipes,
                new Leases(true, true),
                durables,
                new CreateReplay(sessions, durables),
                new AppInstances(sessions));
    }

    private static ShareConfig share(String name) {
        return ServerConfig.builder()
                .share(name, Map.of("path", "/srv"))
                .build()
                .share(name)
                .orElseThrow();
    }

    Context onShare() {
        return new Context(share);
    }

    Context onPipes() {
        return new Context(pipes);
    }

    /** The status of a call, be it returned or thrown. */
    static NtStatus status(Supplier<Reply> call) {
        try {
            Reply reply = call.get();
            if (reply instanceof Reply.Success success) {
                return success.status();
            }
            return reply instanceof Reply.Failure failure ? failure.status() : NtStatus.PENDING;
        } catch (SmbException failed) {
            return failed.status();
        } catch (MalformedMessage malformed) {
            return malformed.scope() == MalformedMessage.Scope.CONNECTION
                    ? NtStatus.CONNECTION_DISCONNECTED
                    : malformed.status();
        }
    }

    static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    /** One request. */
    final class Context implements RequestContext {
        private final TreeConnect tree;
        private ByteBuf payload = Unpooled.EMPTY_BUFFER;
        private OpenHandle created;

        Context(TreeConnect tree) {
            this.tree = tree;
        }

        @Override
        public Smb2Header header() {
            return new Smb2Header(1, 0, Smb2Command.ECHO, 1, 0, 0, 1, 0, tree.treeId(), session.sessionId());
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
        public OpenHandle open(FileId fileId) {
            return session.find(fileId).orElseThrow(NtStatus.FILE_CLOSED::exception);
        }

        @Override
        public void created(OpenHandle open) {
            created = open;
        }

        @Override
        public void onSent(Runnable listener) {
            listener.run();
        }

        @Override
        public ByteBuf payload(int fixedBytes, int payloadBytesMax) {
            payload = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(Math.max(1, payloadBytesMax)))
                    .clear(); // nobody has to release it
            return payload;
        }

        OpenHandle created() {
            return created;
        }

        /** The whole response behind the header, as it would go out. */
        String hex(Reply reply) {
            Reply.Success success = (Reply.Success) reply;
            ByteBuf message = Unpooled.buffer().writeZero(Smb2Header.SIZE_BYTES);
            success.response().encode(new WireWriter(message, 0));
            message.writeBytes(payload, 0, success.payloadBytes());
            return ByteBufUtil.hexDump(message, Smb2Header.SIZE_BYTES, message.readableBytes() - Smb2Header.SIZE_BYTES);
        }

        /** The payload of a response. */
        String payloadHex(Reply reply) {
            return ByteBufUtil.hexDump(payload, 0, ((Reply.Success) reply).payloadBytes());
        }

        /** The response read back by the client's codec. */
        Smb2Response decoded(Smb2Command command, Reply reply) {
            ByteBuf message = Unpooled.buffer().writeZero(Smb2Header.SIZE_BYTES);
            message.writeBytes(ByteBufUtil.decodeHexDump(hex(reply)));
            WireReader in = new WireReader(message);
            in.seek(Smb2Header.SIZE_BYTES);
            return Smb2Response.decode(command, in);
        }
    }

    private static final class Discarding implements Transport {
        @Override
        public ByteBufAllocator allocator() {
            return UnpooledByteBufAllocator.DEFAULT;
        }

        @Override
        public void send(ByteBuf frame) {
            frame.release();
        }

        @Override
        public void send(ByteBuf frame, Runnable lost) {
            frame.release();
        }

        @Override
        public void ignoreAcknowledgements() {
            // nobody acknowledges
        }

        @Override
        public void setReading(boolean reading) {
            // nothing comes
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
