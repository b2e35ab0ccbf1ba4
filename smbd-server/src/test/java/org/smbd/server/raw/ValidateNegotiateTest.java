package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CtlCode;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.wire.WireWriter;

/** MS-SMB2 3.3.5.15.12 Handling a Validate Negotiate Info Request. */
class ValidateNegotiateTest {
    private static final int DIALECTS_OFFSET = 24;

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of("server signing", "mandatory"));
        client = server.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private ByteBuf info(Dialect dialect) {
        ByteBuf info = Unpooled.buffer();
        WireWriter out = new WireWriter(info);
        out.i32(client.capabilities());
        out.guid(client.guid());
        out.u16(client.securityMode);
        out.u16(1);
        out.u16(dialect.revision());
        return info;
    }

    private static IoctlRequest request(ByteBuf info) {
        return new IoctlRequest(
                CtlCode.VALIDATE_NEGOTIATE_INFO, new FileId(-1, -1), 0, 24, IoctlRequest.FLAG_IS_FSCTL, info);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"SMB_2_1", "SMB_3_0", "SMB_3_0_2"})
    void answerRepeatsTheNegotiationOnEveryTree(Dialect dialect) throws IOException {
        RawSession session = client.negotiate(dialect).logIn(USER, PASSWORD);
        for (String share : List.of("data", "IPC$")) {
            client.connect(session, share).expect(NtStatus.SUCCESS);
            RawAnswer answer = client.call(session, Smb2Command.IOCTL, request(info(dialect)))
                    .expect(NtStatus.SUCCESS);
            ByteBuf output =
                    answer.message().slice(answer.body(IoctlResponse.class).outputOffset(), 24);
            assertEquals(client.negotiated().capabilities(), output.readIntLE());
            assertEquals(client.negotiated().serverGuid().low(), output.readLongLE());
            assertEquals(client.negotiated().serverGuid().high(), output.readLongLE());
            assertEquals(client.negotiated().securityMode(), output.readUnsignedShortLE());
            assertEquals(dialect.revision(), output.readUnsignedShortLE());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 19, 20, DIALECTS_OFFSET})
    void anyDifferenceClosesTheConnection(int at) throws IOException {
        RawSession session = client.negotiate(Dialect.SMB_3_0_2).logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        ByteBuf info = info(Dialect.SMB_3_0_2);
        info.setByte(at, info.getByte(at) ^ 2);
        client.send(session.protect(client.build(session, Smb2Command.IOCTL, request(info))));
        client.assertClosed();
    }

    @Test
    void onSmb311ItClosesTheConnection() throws IOException {
        RawSession session = client.negotiate().logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        client.send(session.protect(client.build(session, Smb2Command.IOCTL, request(info(Dialect.SMB_3_1_1)))));
        client.assertClosed();
    }
}
