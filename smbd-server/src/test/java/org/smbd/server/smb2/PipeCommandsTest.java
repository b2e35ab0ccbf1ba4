package org.smbd.server.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.smb2.HandlerHarness.bytes;
import static org.smbd.server.smb2.HandlerHarness.status;

import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.srvsvc.ConnectionEntry;
import org.smbd.protocol.rpc.srvsvc.FileEntry;
import org.smbd.protocol.rpc.srvsvc.ServerUsage;
import org.smbd.protocol.rpc.srvsvc.SessionEntry;
import org.smbd.protocol.rpc.srvsvc.ShareDirectory;
import org.smbd.protocol.rpc.srvsvc.ShareEntry;
import org.smbd.protocol.rpc.srvsvc.Srvsvc;
import org.smbd.protocol.smb2.ChangeNotifyRequest;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.LockElement;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.QueryDirectoryRequest;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.smb2.WriteRequest;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.Reply;

/** Every command on a named pipe: RPC passes through, anything else fails cleanly. */
class PipeCommandsTest {
    private static final String SRVSVC = "c84f324b7016d30112785a47bf6ee18803000000";
    private static final String NDR = "045d888aeb1cc9119fe808002b10486002000000";
    private static final String BIND =
            "05000b03100000004800000002000000b810b8100000000001000000" + "00000100" + SRVSVC + NDR;
    /** A fragment shorter than its header. */
    private static final String LIE = "05000b03100000000f0000000200000000000000";
    /** NetrShareEnum level 1. */
    private static final String SHARE_ENUM = "0500000310000000" + "4000" + "0000" + "03000000" + "28000000" + "0000"
            + "0f00" + "00000000" + "01000000" + "01000000" + "00000200" + "00000000" + "00000000" + "ffffffff"
            + "00000200" + "00000000" + "00000000";

    private final PipeTree pipes = new PipeTree(
            Map.of(
                    "srvsvc",
                    context -> List.of(new Srvsvc(
                            new TwoShares(),
                            NO_USAGE,
                            new ClientIdentity("u", "SRV", false, false),
                            Clock.systemUTC()))),
            HandlerHarness::noLogins);
    private final HandlerHarness harness = new HandlerHarness(Dialect.SMB_3_0_2);
    private final CreateHandler create = HandlerHarness.creating(pipes);
    private final IoctlHandler ioctl =
            new IoctlHandler(pipes, Runnable::run, HandlerHarness.interfaces(), HandlerHarness.limits());

    private static CreateRequest open(String name) {
        return new CreateRequest(0, 2, 0x12019F, 0, 7, 1, 0, name, List.of());
    }

    private FileId opened() {
        HandlerHarness.Context context = harness.onPipes();
        create.handle(context, open("srvsvc"));
        return context.created().fileId();
    }

    private Reply read(HandlerHarness.Context context, FileId fileId, int length) {
        return new ReadHandler().handle(context, new ReadRequest(0, length, 0, fileId, 0, 0));
    }

    private void write(FileId fileId, String hex) {
        new WriteHandler().handle(harness.onPipes(), new WriteRequest(0, fileId, 0, 0, bytes(hex)));
    }

    private Reply control(HandlerHarness.Context context, int code, FileId fileId, int outputMax, String input) {
        return ioctl.handle(context, new IoctlRequest(code, fileId, 0, outputMax, 1, bytes(input)));
    }

    @Test
    void anOpenIsAnsweredAsAFileWithoutTimesAndSize() {
        HandlerHarness.Context context = harness.onPipes();
        Reply reply = create.handle(context, open("SrvSvc"));
        // The persistent half of a FileId is another one with each start of the server.
        long persistentId = Long.reverseBytes(context.created().fileId().persistentId());
        assertEquals(
                "5900" + "00" + "00" + "01000000" + "00".repeat(48) + "80000000" + "00000000"
                        + HexFormat.of().toHexDigits(persistentId) + "0100000000000000" + "00000000" + "00000000",
                context.hex(reply));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mdssvc", "MsFteWds", "spoolss", "epmapper", "srvsvc2", "dir\\srvsvc"})
    void aPipeThatDoesNotExistIsNotFound(String name) {
        assertEquals(NtStatus.OBJECT_NAME_NOT_FOUND, status(() -> create.handle(harness.onPipes(), open(name))));
    }

    @Test
    void whatIsWrittenIsAnsweredByTheNextReads() {
        FileId fileId = opened();
        write(fileId, BIND);
        HandlerHarness.Context context = harness.onPipes();
        String ack = context.payloadHex(read(context, fileId, 1024));
        assertTrue(ack.startsWith("05000c03"), ack);
        setModes(fileId, 1, 1);
        assertEquals(NtStatus.PIPE_EMPTY, status(() -> read(harness.onPipes(), fileId, 1024)));
    }

    /** FilePipeInformation. */
    private void setModes(FileId fileId, int readMode, int completionMode) {
        SetInfoRequest request = new SetInfoRequest(
                InfoType.FILE,
                23,
                0,
                fileId,
                Unpooled.buffer().writeIntLE(readMode).writeIntLE(completionMode));
        assertEquals(NtStatus.SUCCESS, status(() -> new SetInfoHandler().handle(harness.onPipes(), request)));
    }

    private static List<Reply> replies(Reply waiting) {
        List<Reply> replies = new ArrayList<>();
        ((Reply.Pending) waiting).later().onDone(replies::add);
        return replies;
    }

    @Test
    void readsOfAnEmptyPipeWaitAndAreServedInTheirOrder() {
        FileId fileId = opened();
        HandlerHarness.Context first = harness.onPipes();
        HandlerHarness.Context second = harness.onPipes();
        List<Reply> ofFirst = replies(read(first, fileId, 10));
        List<Reply> ofSecond = replies(read(second, fileId, 1024));
        write(fileId, BIND.substring(0, 20));
        assertEquals(List.of(), ofFirst);
        write(fileId, BIND.substring(20));
        assertEquals(NtStatus.BUFFER_OVERFLOW, status(() -> ofFirst.get(0)));
        assertTrue(first.payloadHex(ofFirst.get(0)).startsWith("05000c03"));
        assertEquals(NtStatus.SUCCESS, status(() -> ofSecond.get(0)));
    }

    @Test
    void aWaitingReadThatIsCancelledTakesNothingFromTheNext() {
        FileId fileId = opened();
        Reply cancelled = read(harness.onPipes(), fileId, 1024);
        List<Reply> ofCancelled = replies(cancelled);
        assertTrue(((Reply.Pending) cancelled).later().cancel(NtStatus.CANCELLED));
        assertFalse(((Reply.Pending) cancelled).later().cancel(NtStatus.CANCELLED));
        assertEquals(NtStatus.CANCELLED, status(() -> ofCancelled.get(0)));
        HandlerHarness.Context context = harness.onPipes();
        List<Reply> served = replies(read(context, fileId, 1024));
        write(fileId, BIND);
        assertTrue(context.payloadHex(served.get(0)).startsWith("05000c03"));
        assertEquals(1, ofCancelled.size());
    }

    @Test
    void theEndOfAConversationEndsTheReadsThatWait() {
        FileId closed = opened();
        List<Reply> ofClosed = replies(read(harness.onPipes(), closed, 1024));
        new CloseHandler().handle(harness.onPipes(), new CloseRequest(0, closed));
        assertEquals(NtStatus.PIPE_BROKEN, status(() -> ofClosed.get(0)));
        FileId broken = opened();
        List<Reply> ofBroken = replies(read(harness.onPipes(), broken, 1024));
        assertEquals(NtStatus.PIPE_DISCONNECTED, status(() -> {
            write(broken, LIE);
            return null;
        }));
        assertEquals(NtStatus.PIPE_DISCONNECTED, status(() -> ofBroken.get(0)));
    }

    @Test
    void aMessageThatIsReadInPiecesSaysSoUntilItsEnd() {
        FileId fileId = opened();
        write(fileId, BIND);
        assertEquals(NtStatus.BUFFER_OVERFLOW, status(() -> read(harness.onPipes(), fileId, 10)));
        assertEquals(NtStatus.BUFFER_OVERFLOW, status(() -> read(harness.onPipes(), fileId, 0)));
        assertEquals(NtStatus.SUCCESS, status(() -> read(harness.onPipes(), fileId, 1024)));
    }

    @Test
    void aTransactionWritesAndReads() {
        FileId fileId = opened();
        HandlerHarness.Context context = harness.onPipes();
        control(context, FsctlCode.PIPE_TRANSCEIVE, fileId, 1024, BIND);
        Reply reply = control(context, FsctlCode.PIPE_TRANSCEIVE, fileId, 1024, SHARE_ENUM);
        String answer = context.payloadHex(reply);
        assertTrue(answer.startsWith("05000203"), answer);
        assertTrue(answer.contains(utf16("data")), "browseable");
        assertTrue(answer.contains(utf16("all of it")), "its comment");
        assertTrue(answer.contains(utf16("IPC$")), "IPC$ itself");
        assertTrue(context.hex(reply).startsWith("3100" + "0000" + "17c01100"), "2.2.32");
    }

    private static String utf16(String text) {
        return io.netty.buffer.ByteBufUtil.hexDump(text.getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
    }

    @Test
    void aTransactionWithTooLittleRoomLeavesTheRestToReads() {
        FileId fileId = opened();
        HandlerHarness.Context context = harness.onPipes();
        Reply reply = control(context, FsctlCode.PIPE_TRANSCEIVE, fileId, 8, BIND);
        assertEquals(NtStatus.BUFFER_OVERFLOW, ((Reply.Success) reply).status());
        assertEquals(8, ((Reply.Success) reply).payloadBytes());
        assertEquals(NtStatus.SUCCESS, status(() -> read(harness.onPipes(), fileId, 1024)));
    }

    @Test
    void aPeekShowsAMessageAndLeavesIt() {
        FileId fileId = opened();
        HandlerHarness.Context context = harness.onPipes();
        Reply empty = control(context, FsctlCode.PIPE_PEEK, fileId, 16, "");
        assertEquals("03000000" + "00".repeat(12), context.payloadHex(empty));
        write(fileId, BIND);
        Reply peeked = control(context, FsctlCode.PIPE_PEEK, fileId, 20, "");
        assertEquals(NtStatus.BUFFER_OVERFLOW, ((Reply.Success) peeked).status());
        assertEquals("03000000" + "44000000" + "01000000" + "44000000" + "05000c03", context.payloadHex(peeked));
        assertEquals(NtStatus.SUCCESS, status(() -> read(harness.onPipes(), fileId, 0x44)));
        assertEquals(
                NtStatus.INVALID_PARAMETER,
                status(() -> control(harness.onPipes(), FsctlCode.PIPE_PEEK, fileId, 15, "")));
    }

    @Test
    void aConversationThatIsBrokenIsDisconnected() {
        FileId fileId = opened();
        assertEquals(
                NtStatus.PIPE_DISCONNECTED,
                status(() ->
                        new WriteHandler().handle(harness.onPipes(), new WriteRequest(0, fileId, 0, 0, bytes(LIE)))));
        assertEquals(NtStatus.PIPE_DISCONNECTED, status(() -> read(harness.onPipes(), fileId, 16)));
    }

    @ParameterizedTest
    @CsvSource({"srvsvc, SUCCESS", "SRVSVC, SUCCESS", "spoolss, OBJECT_NAME_NOT_FOUND"})
    void aWaitForAPipeEndsAtOnce(String name, NtStatus expected) {
        String request = "00".repeat(8) + String.format("%02x000000", 2 * name.length()) + "0000" + utf16(name);
        assertEquals(expected, status(() -> control(harness.onPipes(), FsctlCode.PIPE_WAIT, FileId.NONE, 0, request)));
        String cut = request.substring(0, request.length() - 2);
        assertEquals(
                NtStatus.OBJECT_NAME_NOT_FOUND,
                status(() -> control(harness.onPipes(), FsctlCode.PIPE_WAIT, FileId.NONE, 0, cut)));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 40, SUCCESS",
        "5, 24, SUCCESS",
        "6, 8, SUCCESS",
        "7, 4, SUCCESS",
        "34, 56, SUCCESS",
        "35, 8, SUCCESS",
        "4, 39, INFO_LENGTH_MISMATCH",
        "23, 8, NOT_SUPPORTED",
        "9, 100, NOT_SUPPORTED",
        "200, 100, INVALID_INFO_CLASS",
    })
    void fileInformationOfAPipeIsThatOfAnEmptyFile(int infoClass, int length, NtStatus expected) {
        FileId fileId = opened();
        QueryInfoRequest request =
                new QueryInfoRequest(InfoType.FILE, infoClass, length, 0, 0, fileId, Unpooled.EMPTY_BUFFER);
        assertEquals(expected, status(() -> new QueryInfoHandler().handle(harness.onPipes(), request)));
    }

    @Test
    void noClassOfInformationIsFatal() {
        FileId fileId = opened();
        for (int type = 0; type < 6; type++) {
            for (int infoClass = 0; infoClass < 256; infoClass++) {
                QueryInfoRequest query =
                        new QueryInfoRequest(type, infoClass, 4096, 0, 0, fileId, Unpooled.EMPTY_BUFFER);
                SetInfoRequest set =
                        new SetInfoRequest(type, infoClass, 0, fileId, Unpooled.wrappedBuffer(new byte[64]));
                NtStatus queried = status(() -> new QueryInfoHandler().handle(harness.onPipes(), query));
                NtStatus changed = status(() -> new SetInfoHandler().handle(harness.onPipes(), set));
                assertTrue(queried == NtStatus.SUCCESS || queried.isError(), type + "/" + infoClass + " " + queried);
                assertEquals(
                        type == InfoType.FILE && infoClass == 23,
                        changed == NtStatus.SUCCESS,
                        type + "/" + infoClass + " " + changed);
            }
        }
    }

    @Test
    void commandsForDirectoriesAndFilesFailCleanly() {
        FileId fileId = opened();
        assertEquals(
                NtStatus.INVALID_PARAMETER,
                status(() -> new QueryDirectoryHandler()
                        .handle(harness.onPipes(), new QueryDirectoryRequest(1, 0, 0, fileId, 4096, "*"))));
        assertEquals(
                NtStatus.INVALID_PARAMETER,
                status(() -> new ChangeNotifyHandler()
                        .handle(harness.onPipes(), new ChangeNotifyRequest(0, 4096, fileId, 1))));
        assertEquals(
                NtStatus.INVALID_DEVICE_REQUEST,
                status(() -> new LockHandler(1)
                        .handle(harness.onPipes(), new LockRequest(0, fileId, List.of(new LockElement(0, 1, 0x12))))));
        assertEquals(
                NtStatus.SUCCESS, status(() -> new FlushHandler().handle(harness.onPipes(), new FlushRequest(fileId))));
    }

    @Test
    void aClosedPipeIsGone() {
        FileId fileId = opened();
        HandlerHarness.Context context = harness.onPipes();
        Reply reply = new CloseHandler().handle(context, new CloseRequest(CloseRequest.FLAG_POSTQUERY_ATTRIB, fileId));
        assertEquals("3c00" + "00".repeat(58), context.hex(reply));
        assertEquals(Optional.empty(), harness.session.find(fileId));
        assertEquals(NtStatus.FILE_CLOSED, status(() -> read(harness.onPipes(), fileId, 1)));
    }

    private static final ServerUsage NO_USAGE = new ServerUsage() {
        @Override
        public List<SessionEntry> sessions() {
            return List.of();
        }

        @Override
        public List<ConnectionEntry> connections() {
            return List.of();
        }

        @Override
        public List<FileEntry> files() {
            return List.of();
        }

        @Override
        public int closeSessions(String client, String user) {
            return 0;
        }

        @Override
        public boolean closeFile(int id) {
            return false;
        }

        @Override
        public List<String> transports() {
            return List.of();
        }
    };

    private static final class TwoShares implements ShareDirectory {
        private final ShareEntry data = new ShareEntry("data", ShareEntry.STYPE_DISKTREE, "all of it", "", -1, 0, 0);

        @Override
        public String serverName() {
            return "SERVER";
        }

        @Override
        public String serverComment() {
            return "a server";
        }

        @Override
        public List<ShareEntry> listed() {
            return List.of(data, new ShareEntry("IPC$", ShareEntry.STYPE_IPC, "", "", -1, 0, 0));
        }

        @Override
        public Optional<ShareEntry> find(String name) {
            return listed().stream().filter(share -> share.name().equals(name)).findFirst();
        }
    }
}
