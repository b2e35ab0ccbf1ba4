package org.smbd.server.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.smb2.HandlerHarness.bytes;
import static org.smbd.server.smb2.HandlerHarness.status;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.Reply;

class IoctlHandlerTest {
    private static final String CAPABILITIES = "7f000000";
    private static final String CLIENT_GUID = "33333333333333334444444444444444";
    private static final String MODE = "0100";
    private static final String DIALECTS = "0400" + "0202" + "1002" + "0003" + "0203";
    private static final String VALID = CAPABILITIES + CLIENT_GUID + MODE + DIALECTS;

    private final HandlerHarness harness = new HandlerHarness(Dialect.SMB_3_0_2);
    private final IoctlHandler handler = new IoctlHandler(
            new PipeTree(
                    Map.of("srvsvc", context -> {
                        throw new AssertionError("no pipe is opened");
                    }),
                    HandlerHarness::noLogins),
            Runnable::run,
            HandlerHarness.interfaces(),
            HandlerHarness.limits());

    private NtStatus control(HandlerHarness over, int code, FileId fileId, int outputMax, String input) {
        return status(
                () -> handler.handle(over.onPipes(), new IoctlRequest(code, fileId, 0, outputMax, 1, bytes(input))));
    }

    private NtStatus validate(int outputMax, String input) {
        return control(harness, FsctlCode.VALIDATE_NEGOTIATE_INFO, FileId.NONE, outputMax, input);
    }

    @Test
    void theNegotiationIsRepeatedAsItWas() {
        HandlerHarness.Context context = harness.onPipes();
        Reply reply = handler.handle(
                context, new IoctlRequest(FsctlCode.VALIDATE_NEGOTIATE_INFO, FileId.NONE, 0, 24, 1, bytes(VALID)));
        assertEquals(
                "3100" + "0000" + "04021400" + "ff".repeat(16) + "70000000" + "00000000" + "70000000" + "18000000"
                        + "00000000" + "00000000" + "04000000" + "11111111111111112222222222222222" + "0300" + "0203",
                context.hex(reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7e000000" + CLIENT_GUID + MODE + DIALECTS,
                CAPABILITIES + "33333333333333334444444444444445" + MODE + DIALECTS,
                CAPABILITIES + CLIENT_GUID + "0300" + DIALECTS,
                CAPABILITIES + CLIENT_GUID + MODE + "0300" + "0202" + "1002" + "0003",
                CAPABILITIES + CLIENT_GUID + MODE + "0400" + "0202" + "1002" + "0003",
                CAPABILITIES + CLIENT_GUID + MODE + "0000",
                CAPABILITIES + CLIENT_GUID,
                "",
            })
    void aNegotiationThatWasChangedEndsTheConnection(String input) {
        assertEquals(NtStatus.CONNECTION_DISCONNECTED, validate(24, input));
    }

    @Test
    void tooLittleRoomAndTheDialectThatHasNoNeedOfItEndTheConnection() {
        assertEquals(NtStatus.CONNECTION_DISCONNECTED, validate(23, VALID));
        assertEquals(
                NtStatus.CONNECTION_DISCONNECTED,
                control(
                        new HandlerHarness(Dialect.SMB_3_1_1),
                        FsctlCode.VALIDATE_NEGOTIATE_INFO,
                        FileId.NONE,
                        24,
                        VALID));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                FsctlCode.VALIDATE_NEGOTIATE_INFO,
                FsctlCode.DFS_GET_REFERRALS,
                FsctlCode.DFS_GET_REFERRALS_EX,
                FsctlCode.PIPE_WAIT,
                FsctlCode.QUERY_NETWORK_INTERFACE_INFO
            })
    void aControlThatIsAboutNoFileMustNotNameOne(int code) {
        assertEquals(NtStatus.INVALID_PARAMETER, control(harness, code, new FileId(1, 1), 100, VALID));
    }

    @Test
    void aServerWithoutDfsSaysSo() {
        String request = "0400" + "5c0073000000";
        assertEquals(
                NtStatus.FS_DRIVER_REQUIRED, control(harness, FsctlCode.DFS_GET_REFERRALS, FileId.NONE, 4096, request));
        assertEquals(
                NtStatus.FS_DRIVER_REQUIRED,
                control(harness, FsctlCode.DFS_GET_REFERRALS_EX, FileId.NONE, 4096, request));
    }

    @Test
    void interfacesAreToldToThoseOnlyWhoNegotiatedChannels() {
        assertEquals(
                NtStatus.NOT_SUPPORTED,
                control(harness, FsctlCode.QUERY_NETWORK_INTERFACE_INFO, FileId.NONE, 4096, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x900C0, 0x94264, 0x98208, 0x1401D4, 0x9009C, 0x98344, 0x144064, 0})
    void whatIsNotBuiltIsAnInvalidRequest(int code) throws SmbException {
        HandlerHarness.Context context = harness.onPipes();
        boolean aboutFile = FsctlCode.namesFile(code);
        HandlerHarness.creating(
                        new PipeTree(Map.of("srvsvc", ignored -> java.util.List.of()), HandlerHarness::noLogins))
                .handle(
                        context,
                        new org.smbd.protocol.smb2.CreateRequest(0, 2, 1, 0, 7, 1, 0, "srvsvc", java.util.List.of()));
        FileId fileId = aboutFile ? context.created().fileId() : FileId.NONE;
        assertEquals(NtStatus.INVALID_DEVICE_REQUEST, control(harness, code, fileId, 100, ""));
    }

    @Test
    void lengthsAboveTheNegotiatedOneAreInvalid() {
        FileId none = FileId.NONE;
        assertEquals(
                NtStatus.INVALID_PARAMETER,
                control(harness, FsctlCode.DFS_GET_REFERRALS, none, HandlerHarness.SIZE_MAX + 1, ""));
        assertEquals(NtStatus.INVALID_PARAMETER, control(harness, FsctlCode.DFS_GET_REFERRALS, none, -1, ""));
        assertEquals(
                NtStatus.INVALID_PARAMETER,
                status(() -> handler.handle(
                        harness.onPipes(), new IoctlRequest(FsctlCode.DFS_GET_REFERRALS, none, -1, 16, 1, bytes("")))));
    }

    @Test
    void whatIsNoFileSystemControlIsNotSupported() {
        assertEquals(
                NtStatus.NOT_SUPPORTED,
                status(() -> handler.handle(
                        harness.onPipes(),
                        new IoctlRequest(FsctlCode.DFS_GET_REFERRALS, FileId.NONE, 0, 16, 0, bytes("")))));
    }

    @Test
    void aFileThatIsNotOpenIsClosed() {
        assertEquals(NtStatus.FILE_CLOSED, control(harness, FsctlCode.PIPE_TRANSCEIVE, new FileId(99, 99), 16, "00"));
    }
}
