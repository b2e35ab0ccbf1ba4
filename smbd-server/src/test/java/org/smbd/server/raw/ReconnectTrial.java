package org.smbd.server.raw;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
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
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.ReadResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.WriteRequest;

/**
 * A client whose connection is cut under load, again and again.
 *
 * <p>{@code ReconnectTrial PORT SHARE USER PASSWORD TIMES PAUSE-MILLIS SEED}. It holds a durable open of each version
 * with its lease and a lock, and writes to both, many requests at once, each block only one at a time. After each cut
 * the opens must come back with what they had; a block must hold the last value that was acknowledged, or the one that
 * was on its way, which is sent again if it was lost. A write that came twice would be seen as a value of the past.
 */
public final class ReconnectTrial {
    private static final int RWH = 7;
    private static final int BLOCKS = 16;
    private static final int BLOCK_BYTES = 4096;
    private static final long LOCKED_AT = 1L << 40;
    private static final Guid NO_KEY = new Guid(0, 0);
    private static final int DATA_OFFSET = Smb2Header.SIZE_BYTES + 16;
    private static final int COME_BACK_TRIES = 2000;

    private final int port;
    private final String share;
    private final String user;
    private final String password;
    private final Random random;
    private final Guid clientGuid = Guid.random();
    private final List<Durable> files = List.of(new Durable("version1", true), new Durable("version2", false));
    private RawClient client;
    private RawSession session;
    private long lastValue;
    private long writes;

    private ReconnectTrial(String[] args) {
        this.port = Integer.parseInt(args[0]);
        this.share = args[1];
        this.user = args[2];
        this.password = args[3];
        this.random = new Random(Long.parseLong(args[6]));
    }

    /** One durable open. */
    private static final class Durable {
        private final String name;
        private final boolean version1;
        private final Guid leaseKey = Guid.random();
        private final Guid createGuid = Guid.random();
        private final long[] acknowledged = new long[BLOCKS];
        private final long[] onItsWay = new long[BLOCKS];
        private FileId fileId;

        Durable(String name, boolean version1) {
            this.name = name;
            this.version1 = version1;
        }

        private CreateContext lease() {
            return version1
                    ? new CreateContext.RequestLease(leaseKey, RWH)
                    : new CreateContext.RequestLeaseV2(leaseKey, RWH, 0, NO_KEY, 0);
        }

        CreateRequest open() {
            return create(
                    version1
                            ? new CreateContext.DurableHandleRequest()
                            : new CreateContext.DurableHandleRequestV2(0, 0, createGuid));
        }

        CreateRequest comeBack() {
            return create(
                    version1
                            ? new CreateContext.DurableHandleReconnect(fileId)
                            : new CreateContext.DurableHandleReconnectV2(fileId, createGuid, 0));
        }

        private CreateRequest create(CreateContext durable) {
            return new CreateRequest(
                    OplockLevel.LEASE, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 3, 0, name, List.of(lease(), durable));
        }
    }

    /** A write that was sent: which block of which file. */
    private record Sent(long messageId, Durable file, int block) {}

    private final List<Sent> outstanding = new ArrayList<>();

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        if (args.length != 7) {
            System.err.println("usage: ReconnectTrial PORT SHARE USER PASSWORD TIMES PAUSE-MILLIS SEED");
            System.exit(2);
        }
        ReconnectTrial trial = new ReconnectTrial(args);
        trial.begin();
        int times = Integer.parseInt(args[4]);
        for (int i = 0; i < times; i++) {
            trial.load(50 + trial.random.nextInt(400));
            long lost = trial.session.id();
            trial.cut(i);
            Thread.sleep(Long.parseLong(args[5]));
            trial.comeBack(lost);
        }
        trial.end();
        System.out.println(times + " cuts, " + trial.writes + " writes");
    }

    private void begin() throws IOException {
        connect(0);
        for (Durable file : files) {
            CreateResponse opened = opened(client.call(session, Smb2Command.CREATE, file.open()));
            file.fileId = opened.fileId();
            demand(
                    opened.createContexts().stream()
                            .anyMatch(context -> context instanceof CreateContextResponse.DurableHandle
                                    || context instanceof CreateContextResponse.DurableHandleV2),
                    file.name + " is not durable: " + opened);
            LockElement lock = new LockElement(LOCKED_AT, 1, LockElement.FLAG_EXCLUSIVE_LOCK);
            client.call(session, Smb2Command.LOCK, new LockRequest(0, file.fileId, List.of(lock)))
                    .expect(NtStatus.SUCCESS);
        }
    }

    private void connect(long previousSessionId) throws IOException {
        client = new RawClient(port);
        client.guid = clientGuid;
        client.creditsAsked = 2 * BLOCKS;
        client.negotiate();
        RawLogin login = new RawLogin(client, user, password);
        login.previousSessionId = previousSessionId;
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.second().expect(NtStatus.SUCCESS);
        session = login.session();
        client.connect(session, share).expect(NtStatus.SUCCESS);
    }

    private void load(int count) throws IOException {
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

    /** In turn: reset, closed, and left alone, as when a cable is pulled. */
    private void cut(int number) throws IOException {
        switch (number % 3) {
            case 0 -> client.reset();
            case 1 -> client.close();
            default -> {} // the server goes on with what it has received
        }
    }

    private void comeBack(long lostSessionId) throws IOException {
        outstanding.clear();
        RawClient lost = client;
        connect(lostSessionId);
        for (Durable file : files) {
            RawAnswer answer = client.call(session, Smb2Command.CREATE, file.comeBack());
            for (int i = 0; i < COME_BACK_TRIES && answer.status() == NtStatus.OBJECT_NAME_NOT_FOUND.code(); i++) {
                answer = client.call(session, Smb2Command.CREATE, file.comeBack());
            }
            if (answer.status() == NtStatus.PENDING.code()) {
                answer = client.receive();
            }
            CreateResponse response = opened(answer);
            file.fileId = response.fileId();
            demand(leaseState(response) == RWH, file.name + " has lost its lease: " + response);
            checkLock(file);
            checkBlocks(file);
        }
        lost.close();
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

    /** Another open of the same lease, which breaks nothing, does not get the lock. */
    private void checkLock(Durable file) throws IOException {
        CreateRequest beside = new CreateRequest(
                OplockLevel.LEASE, 2, AccessMask.FILE_ALL_ACCESS, 0, 7, 1, 0, file.name, List.of(file.lease()));
        FileId other = opened(client.call(session, Smb2Command.CREATE, beside)).fileId();
        LockElement lock =
                new LockElement(LOCKED_AT, 1, LockElement.FLAG_EXCLUSIVE_LOCK | LockElement.FLAG_FAIL_IMMEDIATELY);
        client.call(session, Smb2Command.LOCK, new LockRequest(0, other, List.of(lock)))
                .expect(NtStatus.LOCK_NOT_GRANTED);
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
        while (!outstanding.isEmpty()) {
            acknowledge();
        }
    }

    /** The value of a block; 0 where the file ends before. */
    private long read(Durable file, int block) throws IOException {
        ReadRequest request = new ReadRequest(0, BLOCK_BYTES, (long) block * BLOCK_BYTES, file.fileId, 0, 0);
        RawAnswer answer = client.call(session, Smb2Command.READ, request);
        if (answer.status() == NtStatus.END_OF_FILE.code()) {
            return 0;
        }
        int bytes = answer.expect(NtStatus.SUCCESS).body(ReadResponse.class).dataLength();
        ByteBuf data = answer.message().slice(DATA_OFFSET, bytes);
        long value = data.getLongLE(data.readerIndex());
        for (int i = 0; i < data.readableBytes(); i += Long.BYTES) {
            demand(data.getLongLE(data.readerIndex() + i) == value, file.name + " has a torn block " + block);
        }
        return value;
    }

    /** At last a stranger's open breaks the leases, over the connection that is there now. */
    private void end() throws IOException {
        while (!outstanding.isEmpty()) {
            acknowledge();
        }
        try (RawClient stranger = new RawClient(port)) {
            stranger.negotiate();
            RawSession strangers = stranger.logIn(user, password);
            stranger.connect(strangers, share).expect(NtStatus.SUCCESS);
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

    private static CreateResponse opened(RawAnswer answer) {
        return answer.expect(NtStatus.SUCCESS).body(CreateResponse.class);
    }

    private static void demand(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
