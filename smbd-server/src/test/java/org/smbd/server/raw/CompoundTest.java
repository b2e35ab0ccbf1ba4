package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Request;

/** MS-SMB2 3.3.5.2.7 Handling Compounded Requests, with chains that no honest client sends. */
class CompoundTest {
    private static final FileId INHERITED = new FileId(-1, -1);

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient client;
    private RawSession session;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of());
        client = server.client().negotiate(Dialect.SMB_3_0);
        session = client.logIn(USER, PASSWORD);
        client.connect(session, "data").expect(NtStatus.SUCCESS);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private ByteBuf echo() {
        return client.build(session, Smb2Command.ECHO, new EchoRequest());
    }

    private ByteBuf related(Smb2Command command, Smb2Request body) {
        ByteBuf message = client.build(session, command, body);
        Smb2Header.addFlags(message, 0, Smb2Flags.RELATED_OPERATIONS);
        return message;
    }

    private ByteBuf[] createAndRelated(String name) {
        return new ByteBuf[] {
            client.build(session, Smb2Command.CREATE, RawClient.create(name, 0)),
            related(Smb2Command.FLUSH, new FlushRequest(INHERITED)),
            related(Smb2Command.CLOSE, new CloseRequest(0, INHERITED))
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 56, 63, 64, 66, 68, 0x7FFF_FFF8, 0xFFFF_FFF8, 0xFFFF_FFFF})
    void nextCommandThatLeadsNowhereClosesTheConnection(int nextCommand) throws IOException {
        ByteBuf message = echo(); // 68 bytes
        Smb2Header.setNextCommand(message, 0, nextCommand);
        client.send(message);
        client.assertClosed();
    }

    @Test
    void lastElementThatIsAHeaderAloneIsInvalidAndTheFirstIsDone() throws IOException {
        client.send(RawClient.chain(echo(), echo().writerIndex(Smb2Header.SIZE_BYTES)));
        client.receive().expect(NtStatus.SUCCESS);
        client.receive().expect(NtStatus.INVALID_PARAMETER);
    }

    @Test
    void answersOfACompoundArePaddedTheLastOneToo() throws IOException {
        client.send(RawClient.chain(echo(), echo()));
        assertEquals(72, client.receive().expect(NtStatus.SUCCESS).message().readableBytes());
        assertEquals(72, client.receive().expect(NtStatus.SUCCESS).message().readableBytes());
        client.send(echo());
        assertEquals(68, client.receive().expect(NtStatus.SUCCESS).message().readableBytes());
    }

    @Test
    void relatedRequestBehindAnEchoHasNothingToInherit() throws IOException {
        client.send(RawClient.chain(echo(), related(Smb2Command.CLOSE, new CloseRequest(0, INHERITED))));
        client.receive().expect(NtStatus.SUCCESS);
        client.receive().expect(NtStatus.INVALID_PARAMETER);
    }

    @Test
    void relatedRequestThatComesFirstIsInvalid() throws IOException {
        client.send(related(Smb2Command.CLOSE, new CloseRequest(0, INHERITED)));
        client.receive().expect(NtStatus.INVALID_PARAMETER);
    }

    @Test
    void fileIdIsInherited() throws IOException {
        client.send(RawClient.chain(createAndRelated("a")));
        for (int i = 0; i < 3; i++) {
            client.receive().expect(NtStatus.SUCCESS);
        }
        assertTrue(server.status().opens().isEmpty());
    }

    @Test
    void failureOfTheCreateIsThatOfAllBehindIt() throws IOException {
        client.send(RawClient.chain(createAndRelated("no\\such\\directory")));
        for (int i = 0; i < 3; i++) {
            client.receive().expect(NtStatus.OBJECT_PATH_NOT_FOUND);
        }
    }

    @Test
    void badSignatureInTheMiddleRefusesThatElementAlone() throws IOException {
        ByteBuf first = client.build(session, Smb2Command.CREATE, RawClient.create("first", 0));
        ByteBuf second = client.build(session, Smb2Command.CREATE, RawClient.create("second", 0));
        ByteBuf third = client.build(session, Smb2Command.CREATE, RawClient.create("third", 0));
        for (ByteBuf message : List.of(first, second)) {
            message.writeZero(-message.readableBytes() & 7);
            Smb2Header.setNextCommand(message, 0, message.readableBytes());
        }
        for (ByteBuf message : List.of(first, second, third)) {
            session.sign(message);
        }
        second.setByte(Smb2Header.SIGNATURE_OFFSET, ~second.getByte(Smb2Header.SIGNATURE_OFFSET));
        client.send(RawClient.chain(first.copy(), second.copy(), third.copy()));
        for (NtStatus status : List.of(NtStatus.SUCCESS, NtStatus.ACCESS_DENIED, NtStatus.SUCCESS)) {
            assertTrue(session.verify(client.receive().expect(status).message()));
        }
        assertFalse(Files.exists(server.share().resolve("second")));
        assertTrue(Files.exists(server.share().resolve("third")));
    }

    @Test
    void thousandElementsAreDoneAndGrantedForAtOnce() throws IOException {
        client.creditsAsked = 2_000;
        client.call(session, Smb2Command.ECHO, new EchoRequest()).expect(NtStatus.SUCCESS);
        assertTrue(client.credits >= 1_000, () -> "credits: " + client.credits);
        client.creditsAsked = 1;
        int before = client.credits;
        List<ByteBuf> elements = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            elements.add(echo());
        }
        client.send(RawClient.chain(elements.toArray(ByteBuf[]::new)));
        for (int i = 0; i < elements.size(); i++) {
            RawAnswer answer = client.receive().expect(NtStatus.SUCCESS);
            assertEquals(
                    i == elements.size() - 1 ? elements.size() : 0,
                    answer.header().credits());
        }
        assertEquals(before, client.credits);
    }
}
