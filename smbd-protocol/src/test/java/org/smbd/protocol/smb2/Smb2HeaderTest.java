package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.protocol.wire.Malformed.assertConnectionLost;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class Smb2HeaderTest {
    private static final Smb2Header SYNC = new Smb2Header(
            2,
            0x0007,
            Smb2Command.READ,
            31,
            Smb2Flags.SIGNED | Smb2Flags.RELATED_OPERATIONS,
            0x78,
            0x0102030405060708L,
            0xFEFF,
            5,
            0x1112131415161718L);
    private static final String SYNC_HEX = "fe534d42 | 4000 | 0200 | 07000000 | 0800 | 1f00 | 0c000000 | 78000000"
            + "| 0807060504030201 | fffe0000 | 05000000 | 1817161514131211 |" + "00".repeat(16);

    private static final Smb2Header ASYNC = new Smb2Header(
            0,
            NtStatus.PENDING.code(),
            Smb2Command.CHANGE_NOTIFY,
            1,
            Smb2Flags.SERVER_TO_REDIR | Smb2Flags.ASYNC_COMMAND,
            0,
            9,
            0x04030201,
            0x08070605,
            10);
    private static final String ASYNC_HEX = "fe534d42 | 4000 | 0000 | 03010000 | 0f00 | 0100 | 03000000 | 00000000"
            + "| 0900000000000000 | 0102030405060708 | 0a00000000000000 |" + "00".repeat(16);

    private static Smb2Header decode(ByteBuf bytes) {
        return Smb2Header.decode(new WireReader(bytes));
    }

    @Test
    void theSynchronousFormHasGoldenBytesBothWays() {
        assertEquals(SYNC, decode(Hex.bytes(SYNC_HEX)));
        assertEquals(Hex.digits(Hex.bytes(SYNC_HEX)), Hex.written(0, SYNC::encode));
        assertEquals(7, SYNC.channelSequence());
        assertTrue(SYNC.isRelated());
        assertFalse(SYNC.isAsync());
    }

    @Test
    void theAsynchronousFormHasGoldenBytesBothWays() {
        assertEquals(ASYNC, decode(Hex.bytes(ASYNC_HEX)));
        assertEquals(Hex.digits(Hex.bytes(ASYNC_HEX)), Hex.written(0, ASYNC::encode));
        assertEquals(0x0807060504030201L, ASYNC.asyncId());
        assertTrue(ASYNC.isAsync());
    }

    @Test
    void anAsyncIdWithItsHighestBitsSetIsKept() {
        ByteBuf bytes = Hex.bytes(ASYNC_HEX);
        Smb2Header.setAsyncId(bytes, 0, 0x80000000_80000001L);
        assertEquals(0x80000000_80000001L, decode(bytes).asyncId());
    }

    @Test
    void eachTruncationCostsTheConnection() {
        for (int length = 0; length < Smb2Header.SIZE_BYTES; length++) {
            ByteBuf cut = Hex.bytes(SYNC_HEX).slice(0, length);
            assertConnectionLost(() -> decode(cut), length + " bytes");
        }
    }

    @Test
    void anotherProtocolOrSizeCostsTheConnection() {
        for (int first : new int[] {0x00, 0xFC, 0xFD, 0xFF}) {
            assertConnectionLost(() -> decode(Hex.bytes(SYNC_HEX).setByte(0, first)), "protocol " + first);
        }
        for (int size : new int[] {0, 63, 65, 0xFFFF}) {
            assertConnectionLost(() -> decode(Hex.bytes(SYNC_HEX).setShortLE(4, size)), "size " + size);
        }
    }

    @Test
    void aCommandThatClientsDoNotSendCostsTheConnection() {
        for (int code : new int[] {0x13, 0x14, 0x72, 0x7FFF, 0xFFFF}) {
            assertConnectionLost(() -> decode(Hex.bytes(SYNC_HEX).setShortLE(12, code)), "command " + code);
        }
    }

    @Test
    void theSettersRewriteOneFieldInPlace() {
        ByteBuf buffer = Hex.bytes("eeee" + SYNC_HEX.replaceAll("[ |]", ""));
        Smb2Header.setStatus(buffer, 2, NtStatus.ACCESS_DENIED.code());
        Smb2Header.setCredits(buffer, 2, 512);
        Smb2Header.setFlags(buffer, 2, Smb2Flags.SERVER_TO_REDIR);
        Smb2Header.addFlags(buffer, 2, Smb2Flags.SIGNED);
        Smb2Header.setNextCommand(buffer, 2, 0x1000);
        Smb2Header.setMessageId(buffer, 2, -1);
        Smb2Header.setTreeId(buffer, 2, 77);
        Smb2Header.setSessionId(buffer, 2, 88);
        assertEquals(
                new Smb2Header(2, NtStatus.ACCESS_DENIED.code(), Smb2Command.READ, 512, 9, 0x1000, -1, 0xFEFF, 77, 88),
                decode(buffer.slice(2, 64)));
        assertEquals("eeee", Hex.digits(buffer.slice(0, 2)));
    }

    @Test
    void theSignatureIsWrittenAndClearedInPlace() {
        ByteBuf buffer = Hex.bytes(SYNC_HEX);
        byte[] signature = new byte[20];
        for (int i = 0; i < signature.length; i++) {
            signature[i] = (byte) (0xA0 + i);
        }
        Smb2Header.setSignature(buffer, 0, signature);
        assertEquals("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf", Hex.digits(buffer.slice(48, 16)));
        Smb2Header.clearSignature(buffer, 0);
        assertEquals(Hex.digits(Hex.bytes(SYNC_HEX)), Hex.digits(buffer));
    }

    @Test
    void theLastMessageTakesTheRestOfTheFrame() {
        assertEquals(64, withNextCommand(0).messageBytes(64));
        assertEquals(1000, withNextCommand(0).messageBytes(1000));
    }

    @Test
    void nextCommandLeavesRoomForTheNextHeader() {
        assertEquals(72, withNextCommand(72).messageBytes(72 + 64));
        assertEquals(72, withNextCommand(72).messageBytes(1000));
        int available = 1000;
        for (int next : new int[] {
            1, 7, 8, 56, 64, 65, 66, 71, 73, 76, 940, 1000, 1008, 0xFFFF, Integer.MAX_VALUE, -8, -1, Integer.MIN_VALUE
        }) {
            assertConnectionLost(() -> withNextCommand(next).messageBytes(available), "NextCommand " + next);
        }
        assertConnectionLost(() -> withNextCommand(72).messageBytes(72 + 63), "header cut");
    }

    private static Smb2Header withNextCommand(int nextCommand) {
        return new Smb2Header(0, 0, Smb2Command.ECHO, 1, 0, nextCommand, 1, 0, 0, 0);
    }
}
