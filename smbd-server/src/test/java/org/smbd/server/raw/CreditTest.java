package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.ReadResponse;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.WriteRequest;

/** MS-SMB2 3.3.1.2 Algorithm for the Granting of Credits, 3.3.5.2.5 (charge and payload size). */
class CreditTest {
    private static final int CREDITS_MAX = 300;
    private static final int CREDIT_CHARGE_OFFSET = 6;
    private static final int PAYLOAD_BYTES = 8 << 20;

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;
    private RawSession session;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of("smb2 max credits", Integer.toString(CREDITS_MAX)));
        client = server.client().negotiate();
        session = client.logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
        client.creditsAsked = 0xFFFF;
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private void echo() throws IOException {
        client.call(session, Smb2Command.ECHO, new EchoRequest()).expect(NtStatus.SUCCESS);
    }

    @Test
    void whoeverAsksForMoreNeverHoldsMoreThanTheMaximum() throws IOException {
        for (int i = 0; i < 50; i++) {
            echo();
            assertTrue(client.credits <= CREDITS_MAX, () -> "credits: " + client.credits);
            assertEquals(client.credits, server.status().connections().get(0).creditsGranted());
        }
        assertEquals(CREDITS_MAX, client.credits);
    }

    @Test
    void whoeverAsksForNoneKeepsOne() throws IOException {
        client.creditsAsked = 0;
        while (client.credits > 1) {
            echo();
        }
        echo();
        assertEquals(1, client.credits);
    }

    @Test
    void eightMebibytesAreWrittenAndReadByOneRequestEach() throws IOException {
        echo();
        FileId file = client.open(session, "big");
        byte[] content = new byte[PAYLOAD_BYTES];
        new Random(3).nextBytes(content);
        client.call(session, Smb2Command.WRITE, new WriteRequest(0, file, 0, 0, Unpooled.wrappedBuffer(content)))
                .expect(NtStatus.SUCCESS);
        RawAnswer read = client.call(session, Smb2Command.READ, new ReadRequest(0, PAYLOAD_BYTES, 0, file, 0, 0))
                .expect(NtStatus.SUCCESS);
        assertArrayEquals(content, ByteBufUtil.getBytes(read.message(), ReadResponse.PAYLOAD_OFFSET, PAYLOAD_BYTES));
        assertTrue(session.verify(read.message()));
        assertEquals(client.credits, server.status().connections().get(0).creditsGranted());
    }

    @Test
    void payloadThatWasNotPaidForIsInvalid() throws IOException {
        FileId file = client.open(session, "a");
        ByteBuf message = client.build(session, Smb2Command.READ, new ReadRequest(0, 65_537, 0, file, 0, 0));
        client.messageId--;
        message.setShortLE(CREDIT_CHARGE_OFFSET, 1);
        client.send(session.sign(message));
        client.receive().expect(NtStatus.INVALID_PARAMETER);
        echo();
    }

    @Test
    void chargeThatReachesPastTheWindowClosesTheConnection() throws IOException {
        ByteBuf message = client.build(session, Smb2Command.ECHO, new EchoRequest());
        message.setShortLE(CREDIT_CHARGE_OFFSET, client.credits + 2);
        client.send(session.sign(message));
        client.assertClosed();
    }

    @Test
    void idInsideAChargeThatWasPaidCannotBeUsedAgain() throws IOException {
        ByteBuf message = client.build(session, Smb2Command.ECHO, new EchoRequest());
        message.setShortLE(CREDIT_CHARGE_OFFSET, 3);
        client.send(session.sign(message));
        client.receive().expect(NtStatus.SUCCESS);
        client.send(session.sign(client.build(session, Smb2Command.ECHO, new EchoRequest())));
        client.assertClosed();
    }
}
