package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.raw.RawServer.OTHER;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.fscc.FsControlInformation;
import org.smbd.protocol.fscc.FsInformationClass;
import org.smbd.protocol.fscc.QuotaInformation;
import org.smbd.protocol.fscc.QuotaWriter;
import org.smbd.protocol.fscc.SidCodec;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.CreateResponse;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.QueryInfoResponse;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.vfs.LocalFileService;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.store.ForwardingVolume;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreQuota;
import org.smbd.vfs.store.UserQuota;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** Quotas over the wire, on a volume that has some. */
class QuotaTest {
    private static final String INDEX = "$Extend\\$Quota:$Q:$INDEX_ALLOCATION";
    private static final int FIRST_UID = 70_000; // no accounts
    private static final int ENTRY_BYTES = 56;

    @TempDir
    private Path directory;

    private final TreeMap<Integer, UserQuota> users = new TreeMap<>();

    @BeforeEach
    void count() {
        for (int uid = FIRST_UID; uid < FIRST_UID + 5; uid++) {
            users.put(uid, new UserQuota(uid, 10L * uid, 0, 20L * uid));
        }
    }

    private final StoreQuota quota = new StoreQuota() {
        @Override
        public boolean isEnforced() {
            return true;
        }

        @Override
        public UserQuota of(int uid) {
            return users.getOrDefault(uid, new UserQuota(uid, 0, 0, 0));
        }

        @Override
        public Optional<UserQuota> next(int uid) {
            return Optional.ofNullable(users.ceilingEntry(uid)).map(Map.Entry::getValue);
        }

        @Override
        public void setLimits(int uid, long softLimitBytes, long hardLimitBytes) {
            users.put(uid, new UserQuota(uid, of(uid).usedBytes(), softLimitBytes, hardLimitBytes));
        }
    };

    private RawServer withQuotas() throws IOException {
        NodeTable nodes = new NodeTable();
        return new RawServer(directory, options -> {
            Volume counted = new ForwardingVolume(Volumes.open(options.root(), true)) {
                @Override
                public Optional<StoreQuota> quota(StoreFile file) {
                    return Optional.of(quota);
                }
            };
            return LocalFileService.open(options, nodes, counted);
        });
    }

    /** A client and its session on the share. */
    private record Client(RawClient raw, RawSession session) implements AutoCloseable {
        static Client of(RawServer server, String user) throws IOException {
            RawClient raw = server.client().negotiate();
            RawSession session = raw.logIn(user, PASSWORD);
            raw.connect(session, "data").expect(NtStatus.SUCCESS);
            return new Client(raw, session);
        }

        RawAnswer open(String path) throws IOException {
            return raw.call(
                    session,
                    Smb2Command.CREATE,
                    new CreateRequest(0, 2, AccessMask.FILE_READ_ATTRIBUTES, 0, 7, 1, 0, path, List.of()));
        }

        FileId opened(String path) throws IOException {
            return open(path)
                    .expect(NtStatus.SUCCESS)
                    .body(CreateResponse.class)
                    .fileId();
        }

        RawAnswer query(FileId file, int room, ByteBuf input) throws IOException {
            return raw.call(
                    session,
                    Smb2Command.QUERY_INFO,
                    new QueryInfoRequest(InfoType.QUOTA, 0x20, room, 0, 0, file, input));
        }

        RawAnswer set(FileId file, ByteBuf input) throws IOException {
            return raw.call(session, Smb2Command.SET_INFO, new SetInfoRequest(InfoType.QUOTA, 0x20, 0, file, input));
        }

        RawAnswer queryControl(FileId file, int room) throws IOException {
            return raw.call(
                    session,
                    Smb2Command.QUERY_INFO,
                    new QueryInfoRequest(
                            InfoType.FILESYSTEM,
                            FsInformationClass.CONTROL.level(),
                            room,
                            0,
                            0,
                            file,
                            Unpooled.EMPTY_BUFFER));
        }

        RawAnswer setControl(FileId file, FsControlInformation information) throws IOException {
            ByteBuf buffer = Unpooled.buffer();
            information.encode(new WireWriter(buffer));
            return raw.call(
                    session,
                    Smb2Command.SET_INFO,
                    new SetInfoRequest(InfoType.FILESYSTEM, FsInformationClass.CONTROL.level(), 0, file, buffer));
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }

    private static void assumeSuperuser() {
        Assumptions.assumeTrue(USER.equals("root"), "only the superuser may");
    }

    /** A query for all, from the beginning or onwards, or from {@code start} on. */
    private static ByteBuf all(boolean single, boolean restart, Optional<Sid> start) {
        ByteBuf buffer = Unpooled.buffer();
        WireWriter out = new WireWriter(buffer);
        out.u8(single ? 1 : 0);
        out.u8(restart ? 1 : 0);
        out.u16(0);
        out.i32(0);
        out.i32(start.isPresent() ? 16 : 0);
        out.i32(0);
        start.ifPresent(sid -> SidCodec.encode(sid, out));
        return buffer;
    }

    private static ByteBuf of(boolean single, List<Sid> sids) {
        ByteBuf buffer = Unpooled.buffer();
        WireWriter out = new WireWriter(buffer);
        out.u8(single ? 1 : 0);
        out.u8(0);
        out.u16(0);
        out.i32(24 * sids.size());
        out.i64(0);
        for (int i = 0; i < sids.size(); i++) {
            out.i32(i == sids.size() - 1 ? 0 : 24);
            out.i32(16);
            SidCodec.encode(sids.get(i), out);
        }
        return buffer;
    }

    private static ByteBuf limits(QuotaInformation... entries) {
        ByteBuf buffer = Unpooled.buffer();
        QuotaWriter writer = new QuotaWriter(10_000, new WireWriter(buffer));
        List.of(entries).forEach(writer::append);
        return buffer;
    }

    private static WireReader output(RawAnswer answer) {
        QueryInfoResponse response = answer.expect(NtStatus.SUCCESS).body(QueryInfoResponse.class);
        return new WireReader(answer.message().slice(response.outputBufferOffset(), response.outputBufferLength()));
    }

    private static List<Integer> uids(RawAnswer answer) {
        return QuotaInformation.decodeList(output(answer)).stream()
                .map(entry -> entry.sid().subAuthorities().get(1))
                .toList();
    }

    @Test
    void whatHasNoQuotasSaysSo() throws IOException {
        assumeSuperuser();
        try (RawServer server = new RawServer(directory, Map.of());
                Client client = Client.of(server, USER)) {
            FileId root = client.opened(INDEX);
            client.query(root, 4096, all(false, true, Optional.empty())).expect(NtStatus.NOT_SUPPORTED);
            client.set(root, limits(new QuotaInformation(0, 0, -1, -1, Sid.unixUser(1))))
                    .expect(NtStatus.NOT_SUPPORTED);
            FsControlInformation none = new FsControlInformation(0, 0, 0, -1, -1, 0);
            assertEquals(none, FsControlInformation.decode(output(client.queryControl(root, 48))));
            client.setControl(root, none).expect(NtStatus.SUCCESS);
            client.setControl(root, new FsControlInformation(0, 0, 0, -1, -1, FsControlInformation.QUOTA_TRACK))
                    .expect(NtStatus.NOT_SUPPORTED);
        }
    }

    @Test
    void anOrdinaryUserIsRefused() throws IOException {
        try (RawServer server = withQuotas();
                Client client = Client.of(server, OTHER)) {
            client.open(INDEX).expect(NtStatus.ACCESS_DENIED);
        }
    }

    @Test
    void theListIsToldInPiecesThatFit() throws IOException {
        assumeSuperuser();
        try (RawServer server = withQuotas();
                Client client = Client.of(server, USER)) {
            FileId index = client.opened(INDEX);
            assertEquals(
                    List.of(FIRST_UID, FIRST_UID + 1, FIRST_UID + 2),
                    uids(client.query(index, 3 * ENTRY_BYTES + 55, all(false, true, Optional.empty()))));
            assertEquals(List.of(FIRST_UID + 3), uids(client.query(index, 4096, all(true, false, Optional.empty()))));
            assertEquals(List.of(FIRST_UID + 4), uids(client.query(index, 4096, all(false, false, Optional.empty()))));
            client.query(index, 4096, all(false, false, Optional.empty())).expect(NtStatus.NO_MORE_ENTRIES);
            client.query(index, ENTRY_BYTES - 1, all(false, true, Optional.empty()))
                    .expect(NtStatus.BUFFER_TOO_SMALL);
            client.query(index, 0, all(false, true, Optional.empty())).expect(NtStatus.BUFFER_TOO_SMALL);
            assertEquals(
                    List.of(FIRST_UID + 3, FIRST_UID + 4),
                    uids(client.query(index, 4096, all(false, true, Optional.of(Sid.unixUser(FIRST_UID + 3))))));
            client.query(index, 4096, all(false, true, Optional.of(Sid.unixUser(1))))
                    .expect(NtStatus.INVALID_PARAMETER);
        }
    }

    @Test
    void usersAreAskedForBySid() throws IOException {
        assumeSuperuser();
        try (RawServer server = withQuotas();
                Client client = Client.of(server, USER)) {
            FileId index = client.opened(INDEX);
            List<Sid> asked = List.of(Sid.unixUser(FIRST_UID), Sid.unixUser(1));
            assertEquals(
                    List.of(
                            new QuotaInformation(0, 10L * FIRST_UID, -1, 20L * FIRST_UID, asked.get(0)),
                            new QuotaInformation(0, 0, -1, -1, asked.get(1))),
                    QuotaInformation.decodeList(output(client.query(index, 4096, of(false, asked)))));
            assertEquals(List.of(FIRST_UID), uids(client.query(index, 4096, of(true, asked))));
        }
    }

    @Test
    void limitsAreSetThroughAnyOpenOfTheVolume() throws IOException {
        assumeSuperuser();
        try (RawServer server = withQuotas();
                Client client = Client.of(server, USER)) {
            FileId root = client.opened("");
            client.set(
                            root,
                            limits(
                                    new QuotaInformation(0, 0, 5, 6, Sid.unixUser(FIRST_UID)),
                                    new QuotaInformation(0, 0, -1, 7, Sid.unixUser(80_000))))
                    .expect(NtStatus.SUCCESS);
            assertEquals(new UserQuota(FIRST_UID, 10L * FIRST_UID, 5, 6), users.get(FIRST_UID));
            assertEquals(new UserQuota(80_000, 0, 0, 7), users.get(80_000));
            client.set(root, Unpooled.wrappedBuffer(new byte[39])).expect(NtStatus.INVALID_PARAMETER);
            client.query(root, 4096, Unpooled.wrappedBuffer(new byte[15])).expect(NtStatus.INVALID_PARAMETER);
        }
    }

    @Test
    void theVolumeTellsThatLimitsAreEnforcedAndThatCannotBeChanged() throws IOException {
        assumeSuperuser();
        try (RawServer server = withQuotas();
                Client client = Client.of(server, USER)) {
            FileId root = client.opened("");
            FsControlInformation now = FsControlInformation.decode(output(client.queryControl(root, 48)));
            assertEquals(new FsControlInformation(0, 0, 0, -1, -1, FsControlInformation.QUOTA_ENFORCE), now);
            client.queryControl(root, 47).expect(NtStatus.INFO_LENGTH_MISMATCH);
            client.setControl(root, now).expect(NtStatus.SUCCESS);
            client.setControl(root, new FsControlInformation(0, 0, 0, -1, 1 << 20, 2))
                    .expect(NtStatus.NOT_SUPPORTED);
            client.setControl(root, new FsControlInformation(0, 0, 0, -1, -1, 0))
                    .expect(NtStatus.NOT_SUPPORTED);
        }
    }
}
