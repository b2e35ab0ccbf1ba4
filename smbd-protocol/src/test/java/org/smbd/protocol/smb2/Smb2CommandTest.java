package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.protocol.wire.Hex;

class Smb2CommandTest {
    @ParameterizedTest
    @EnumSource
    void aCodeLeadsBackToItsCommand(Smb2Command command) {
        assertEquals(Optional.of(command), Smb2Command.of(command.code()));
    }

    @Test
    void otherCodesAreNoCommands() {
        assertEquals(Optional.empty(), Smb2Command.of(-1));
        assertEquals(Optional.empty(), Smb2Command.of(0x13));
        assertEquals(Optional.empty(), Smb2Command.of(0xFFFF));
    }

    @Test
    void structureSizesAreThoseOfTheRequests() {
        RequestVectors.all()
                .filter(vector -> !(vector.message() instanceof LeaseBreakAcknowledgment))
                .forEach(vector -> {
                    assertEquals(
                            vector.command().structureSize(), vector.body().getUnsignedShortLE(0), vector.toString());
                });
    }

    @Test
    void fileIdStandsWhereTheTableSays() {
        EnumSet<Smb2Command> seen = EnumSet.noneOf(Smb2Command.class);
        RequestVectors.all().filter(vector -> vector.command().hasFileId()).forEach(vector -> {
            ByteBuf fileId = vector.body().slice(vector.command().fileIdOffset(), FileId.SIZE_BYTES);
            String expected =
                    vector.command() == Smb2Command.IOCTL ? "ff".repeat(16) : Vector.FILE_ID_HEX.replace(" ", "");
            assertEquals(expected, Hex.digits(fileId), vector.toString());
            seen.add(vector.command());
        });
        assertEquals(10, seen.size());
    }

    @Test
    void aTreeIsNeverNeededWithoutASession() {
        for (Smb2Command command : Smb2Command.values()) {
            assertTrue(command.needsSession() || !command.needsTree(), command.name());
        }
        assertFalse(Smb2Command.ECHO.needsSession());
        assertFalse(Smb2Command.TREE_CONNECT.needsTree());
        assertTrue(Smb2Command.TREE_CONNECT.needsSession());
    }

    @Test
    void payloadIsWhatTheRequestSendsOrAsksFor() {
        RequestVectors.all()
                .forEach(vector -> assertTrue(
                        vector.command().chargesPayload() || vector.message().payloadBytes() == 0, vector.toString()));
        assertEquals(0xFFFFFFFFL, new ReadRequest(0, -1, 0, FileId.NONE, 0, 0).payloadBytes());
        ByteBuf input = Hex.bytes("010203");
        assertEquals(3, new IoctlRequest(0, FileId.NONE, 1, 1, 1, input).payloadBytes());
        assertEquals(0x1FFFFFFFEL, new IoctlRequest(0, FileId.NONE, -1, -1, 1, input).payloadBytes());
        assertEquals(3, new QueryInfoRequest(1, 1, 2, 0, 0, FileId.NONE, input).payloadBytes());
        assertEquals(3, new WriteRequest(0, FileId.NONE, 0, 0, input).payloadBytes());
    }
}
