package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.NetworkInterfaceInfo;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.wire.WireReader;

/** MS-SMB2 3.3.5.15.11 Handling a Query Network Interface Request. */
class NetworkInterfaceTest {
    private static final int QUERY = 0x001401FC;

    @TempDir
    private Path directory;

    private static RawAnswer ask(RawClient client, RawSession session, int outputMax, ByteBuf input)
            throws IOException {
        return client.call(session, Smb2Command.IOCTL, new IoctlRequest(QUERY, FileId.NONE, 0, outputMax, 1, input));
    }

    @Test
    void theLoopbackIsToldWhereTheServerListensNowhereElse() throws IOException {
        String lo = "\"127.0.0.1;speed=5000000,capability=RSS,if_index=3\"";
        try (RawServer server = new RawServer(directory, Map.of("interfaces", lo));
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            RawAnswer answer =
                    ask(client, session, 0x10000, Unpooled.EMPTY_BUFFER).expect(NtStatus.SUCCESS);
            IoctlResponse body = answer.body(IoctlResponse.class);
            assertEquals(NetworkInterfaceInfo.SIZE_BYTES, body.outputCount());
            assertEquals(
                    new NetworkInterfaceInfo(3, 1, 5_000_000, InetAddress.getLoopbackAddress()),
                    NetworkInterfaceInfo.decode(
                            new WireReader(answer.message().slice(body.outputOffset(), body.outputCount()))));
            ask(client, session, NetworkInterfaceInfo.SIZE_BYTES - 1, Unpooled.EMPTY_BUFFER)
                    .expect(NtStatus.BUFFER_TOO_SMALL);
            ask(client, session, 0x10000, Unpooled.wrappedBuffer(new byte[1])).expect(NtStatus.INVALID_PARAMETER);
        }
    }

    @Test
    void whoHasNotNegotiatedChannelsIsToldNothing() throws IOException {
        try (RawServer server = new RawServer(directory, Map.of());
                RawClient client = server.client().negotiate(Dialect.SMB_2_1)) {
            RawSession session = client.logIn(USER, PASSWORD);
            client.connect(session, "data").expect(NtStatus.SUCCESS);
            ask(client, session, 0x10000, Unpooled.EMPTY_BUFFER).expect(NtStatus.NOT_SUPPORTED);
        }
    }
}
