package org.smbd.server.raw;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.ReadResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.WriteRequest;

/**
 * A client with opens that outlive what happens to its connection. It writes to them, many requests at once, each block
 * only one at a time, and holds locks. When it comes back, each open must have its lease and its locks; a block must
 * hold the last value that was acknowledged, or the one that was on its way, which is sent again if it was lost. A
 * write that came twice would be seen as a value of the past.
 */
final class DurableLoad {
    private static final int RWH = 7;
    private static final int BLOCKS = 16;
    private static final int BLOCK_BYTES = 4096;
    private static final long LOCKED_AT = 1L << 40;
    private static final int LOCKS_MAX = 8;
    private static final int COME_BACK_TRIES = 2000;

    private final int port;
    private final String share;
    private final String user;
    private final String password;
    private final Random random;
    private final Guid clientGuid = Guid.random();
    private final List<Durable> files;
    private final List<Sent> outstanding = new ArrayList<>();
    private RawClient client;
    private RawSession session;
    private long lastValue;
    private long lastLock;
    private long writes;

    DurableLoad(int port, String share, String user, String password, Random random, List<Durable> files) {
        this.port = port;
        this.share = share;
        this.user = user;
        this.password = password;
        this.random = random;
        this.files = files;
    }

    /** What an open was promised. */
    enum Promise {
        VERSION_1,
        VERSION_2,
        PERSISTENT
    }

    /** One of the opens. */
    static final class Durable {
        private final String name;
        private final Promise promise;
        private final Guid leaseKey = Guid.random();
        private final Guid createGuid = Guid.random();
        private final long[] acknowledged = new long[BLOCKS];
        private final long[] onItsWay = new long[BLOCKS];
        private final Deque<Long> locks = new ArrayDeque<>();
        /** A lock that was asked for or given back without an answer; 0: none. */
        private long uncertainLock;

        private FileId fileId;

        Durable(String name, Promise promise) {
            this.name = name;
            this.promise = promise;
        }

        String name() {
            return name;
        }

        private CreateContext lease() {
            return promise == Promise.VERSION_1
                    ? new CreateContext.RequestLease(leaseKey, RWH)
                    : new CreateContext.RequestLeaseV2(leaseKey, RWH, 0, Guid.ZERO, 0);
        }

        private int flags() {
            return promise == Promise.PERSISTENT ? CreateContext.DurableHandleRequestV2.FLAG_PERSISTENT : 0;
        }

        CreateRequest open() {
            return create(
                    promise == Promise.VERSION_1
                            ? new CreateContext.DurableHandleRequest()
                            : new CreateContext.DurableHandleRequestV2(0, flags(), createGuid));
        }

        CreateRequest comeBack() {
            return create(
                    promise == Promise.VERSION_1
                            ? new CreateContext.DurableHandleReconnect(fileId)
                            : new CreateContext.DurableHandleReconnectV2(fileId, createGuid, flags()));
        }

        private CreateRequest create(CreateContext durable) {
            return new CreateRequest(
                    OplockLevel.LEASE, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 3, 0, name, List.of(lease(), durable));
        }

        private boolean isPromised(CreateResponse response) {
            return response.createContexts().stream()
                    .anyMatch(context -> context instanceof CreateContextResponse.DurableHandle
                            || context instanceof CreateContextResponse.DurableHandleV2 durable
                                    && durable.flags() == flags());
        }
    }

    /** A write that was sent: which block of which file. */
    private record Sent(long messageId, Durable file, int block) {}

    RawClient client() {
        return client;
    }

    RawSession session() {
        return session;
    }

    /** Writes sent, those that were sent again included. */
    long writes() {
        return writes;
    }

    /** Connects, and opens all. */
    void begin() throws IOException {
        connect(0);
        for (Durable file : files) {
            open(file);
        }
    }

    /** Opens one, with what was promised. */
    void open(Durable file) throws IOException {
        CreateResponse opened = opened(client.call(session, Smb2Command.CREATE, file.open()));
        file.fileId = opened.fileId();
        demand(file.isPromised(opened), file.name + " was promised nothing: " + opened);
    }

    /** Connects again; the session before, if it is named, ends. */
    void connect(long previousSessionId) throws IOException {
        client = new RawClient(port);
        client.guid = clientGuid;
        client.creditsAsked = 2 * BLOCKS;
        client.moreCapabilities |= GlobalCapabilities.PERSISTENT_HANDLES;
        client.negotiate();
        RawLogin login = new RawLogin(client, user, password);
        login.previousSessionId = previousSessionId;
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.second().expect(NtStatus.SUCCESS);
        session = login.session();
        client.connect(session, share).expect(NtStatus.SUCCESS);
        outstanding.clear();
    }

    /** Some writes, and a lock or two. */
    void load(int count) throws IOException {
        for (Durable file : files) {
            lock(file);
        }
        for (int i = 0; i < count; i++) {
            if (outstanding.size() >= BLOCKS) {
                acknowledge();
            }
            Durable file = files.get(random.nextInt(files.size()));
            int block = random.nextInt(BLOCKS);
            if (file.onItsWay[block] == 0) {
                send(file, block, ++lastValue);
            }
        }
    }

    /** Takes a lock, and gives the oldest of many back. */
    private void lock(Durable file) throws IOException {
        settle();
        if (file.locks.size() == LOCKS_MAX) {
            file.uncertainLock = file.locks.remove();
            lock(file, file.uncertainLock, LockElement.FLAG_UNLOCK).expect(NtStatus.SUCCESS);
        }
        file.uncertainLock = LOCKED_AT + ++lastLock;
        lock(file, file.uncertainLock, LockElement.FLAG_EXCLUSIVE_LOCK).expect(NtStatus.SUCCESS);
        file.locks.add(file.uncertainLock);
        file.uncertainLock = 0;
    }

    private RawAnswer lock(Durable file, long offset, int flags) throws IOException {
        LockElement lock = new LockElement(offset, 1, flags);
        return client.call(session, Smb2Command.LOCK, new LockRequest(0, file.fileId, List.of(lock)));
    }

    private void send(Durable file, int block, long value) throws IOException {
        ByteBuf bytes = Unpooled.buffer(BLOCK_BYTES);
        while (bytes.writableBytes() > 0) {
            bytes.writeLongLE(value);
        }
        file.onItsWay[block] = value;
        outstanding.add(new Sent(client.messageId, file, block));
        WriteRequest request = new WriteRequest((long) block * BLOCK_BYTES, file.fileId, 0, 0, bytes);
        client.send(session.protect(client.build(session, Smb2Command.WRITE, request)));
        writes++;
    }

    private void acknowledge() throws IOException {
        RawAnswer answer = client.receive();
        if (answer.status() == NtStatus.PENDING.code()) {
            return;
        }
        answer.expect(NtStatus.SUCCESS);
        Sent sent = outstanding.stream()
                .filter(write -> write.messageId() == answer.header().messageId())
                .findFirst()
                .orElseThrow();
        outstanding.remove(sent);
        sent.file().acknowledged[sent.block()] = sent.file().onItsWay[sent.block()];
        sent.file().onItsWay[sent.block()] = 0;
    }

    /** Waits for all answers. */
    void settle() throws IOException {
        while (!outstanding.isEmpty()) {
            acknowledge();
        }
    }

    /** One open comes back, with all that it had. */
    void comeBack(Durable file) throws IOException {
        CreateResponse response = opened(tryToComeBack(file, COME_BACK_TRIES));
        file.fileId = response.fileId();
        demand(leaseState(response) == RWH, file.name + " has lost its lease: " + response);
        if (file.uncertainLock != 0) { // it may be there or not: from now on it is not
            lock(file, file.uncertainLock, LockElement.FLAG_UNLOCK);
            file.uncertainLock = 0;
        }
        checkLocks(file);
        checkBlocks(file);
    }

    /** The answer to a reconnect, which may come too early. */
    RawAnswer tryToComeBack(Durable file, int tries) throws IOException {
        RawAnswer answer = client.call(session, Smb2Command.CREATE, file.comeBack());
        for (int i = 0; i < tries && answer.status() == NtStatus.OBJECT_NAME_NOT_FOUND.code(); i++) {
            answer = client.call(session, Smb2Command.CREATE, file.comeBack());
        }
        return answer.status() == NtStatus.PENDING.code() ? client.receive() : answer;
    }

    private static int leaseState(CreateResponse response) {
        for (CreateContextResponse context : response.createContexts()) {
            if (context instanceof CreateContextResponse.Lease lease) {
                return lease.leaseState();
            } else if (context instanceof CreateContextResponse.LeaseV2 lease) {
                return lease.leaseState();
            }
        }
        return 0;
    }

    /** Another open of the same lease, which breaks nothing, gets none of the locks. */
    private void checkLocks(Durable file) throws IOException {
        CreateRequest beside = new CreateRequest(
                OplockLevel.LEASE, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 1, 0, file.name, List.of(file.lease()));
        FileId other = opened(client.call(session, Smb2Command.CREATE, beside)).fileId();
        for (long offset : file.locks) {
            LockElement lock =
                    new LockElement(offset, 1, LockElement.FLAG_EXCLUSIVE_LOCK | LockElement.FLAG_FAIL_IMMEDIATELY);
            client.call(session, Smb2Command.LOCK, new LockRequest(0, other, List.of(lock)))
                    .expect(NtStatus.LOCK_NOT_GRANTED);
        }
        client.call(session, Smb2Command.CLOSE, new CloseRequest(0, other)).expect(NtStatus.SUCCESS);
    }

    private void checkBlocks(Durable file) throws IOException {
        List<Integer> lost = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            long known = file.acknowledged[block];
            long sent = file.onItsWay[block];
            long found = known == 0 && sent == 0 ? 0 : read(file, block);
            demand(
                    found == known || sent != 0 && found == sent,
                    file.name + " block " + block + ": " + found + ", acknowledged " + known + ", sent " + sent);
            if (sent != 0 && found == sent) {
                file.acknowledged[block] = sent;
                file.onItsWay[block] = 0;
            } else if (sent != 0) {
                lost.add(block);
            }
        }
        for (int block : lost) {
            send(file, block, file.onItsWay[block]);
        }
        settle();
    }

    /** The value of a block; 0 where the file ends before. */
    private long read(Durable file, int block) throws IOException {
        ReadRequest request = new ReadRequest(0, BLOCK_BYTES, (long) block * BLOCK_BYTES, file.fileId, 0, 0);
        RawAnswer answer = client.call(session, Smb2Command.READ, request);
        if (answer.status() == NtStatus.END_OF_FILE.code()) {
            return 0;
        }
        int bytes = answer.expect(NtStatus.SUCCESS).body(ReadResponse.class).dataLength();
        ByteBuf data = answer.message().slice(ReadResponse.PAYLOAD_OFFSET, bytes);
        long value = data.getLongLE(0);
        for (int i = 0; i < bytes; i += Long.BYTES) {
            demand(data.getLongLE(i) == value, file.name + " has a torn block " + block);
        }
        return value;
    }

    /** At last a stranger's open breaks the leases, over the connection that is there now. */
    void end() throws IOException {
        settle();
        try (RawClient stranger = new RawClient(port)) {
            RawSession strangers = stranger(stranger);
            for (Durable file : files) {
                checkBlocks(file);
                stranger.call(strangers, Smb2Command.CREATE, RawClient.create(file.name, 0))
                        .expect(NtStatus.PENDING);
                demand(client.receive().header().command() == Smb2Command.OPLOCK_BREAK, "no break for " + file.name);
                client.call(session, Smb2Command.CLOSE, new CloseRequest(0, file.fileId))
                        .expect(NtStatus.SUCCESS);
                opened(stranger.receive());
            }
        }
        client.close();
    }

    /** Another client. */
    RawSession stranger(RawClient stranger) throws IOException {
        stranger.negotiate();
        RawSession strangers = stranger.logIn(user, password);
        stranger.connect(strangers, share).expect(NtStatus.SUCCESS);
        return strangers;
    }

    private static CreateResponse opened(RawAnswer answer) {
        return answer.expect(NtStatus.SUCCESS).body(CreateResponse.class);
    }

    private static void demand(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
