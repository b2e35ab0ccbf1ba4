package org.smbd.server.raw;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.WriteRequest;

/** The channel that a WRITE names: MS-SMB2 3.3.5.13. */
class WriteChannelTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "SMB_3_1_1, 0, SUCCESS",
        "SMB_3_1_1, 1, INVALID_PARAMETER",
        "SMB_3_1_1, 3, INVALID_PARAMETER",
        "SMB_3_1_1, 12345, SUCCESS",
        "SMB_2_1, 1, SUCCESS"
    })
    void onlyWhatAsksForAnotherChannelIsRefused(Dialect dialect, int channel, NtStatus status) throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client()) {
            RawSession session = client.negotiate(dialect).logIn(RawServer.USER, RawServer.PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            FileId file = client.open(session, "f");
            WriteRequest write = new WriteRequest(0, file, channel, 0, Unpooled.wrappedBuffer(new byte[] {1}));
            client.call(session, Smb2Command.WRITE, write).expect(status);
        }
    }
}
