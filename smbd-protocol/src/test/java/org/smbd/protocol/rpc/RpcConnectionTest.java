package org.smbd.protocol.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.type.Guid;
import org.smbd.protocol.fscc.Hex;
import org.smbd.protocol.rpc.srvsvc.Srvsvc;

class RpcConnectionTest {
    private static final String NDR = "045d888a eb1cc911 9fe80800 2b104860 02000000";
    private static final String NDR64 = "33057171 babe3749 8319b5db ef9ccc36 01000000";
    private static final String NO_SYNTAX = "00".repeat(20);
    private static final String SRVSVC = "c84f324b 7016d301 12785a47 bf6ee188 03000000";
    private static final String BIND =
            "05000b03 10000000 48000000 02000000 b810b810 00000000 01000000" + "0000 0100" + SRVSVC + NDR;
    private static final String BIND_ACK = "05000c03 10000000 44000000 02000000 b810b810 f0530000"
            + "0d00 5c504950455c73727673766300 00" + "01000000 0000 0000" + NDR;

    /** Answers operation 0 with the arguments of one 32-bit count: that many bytes, each unlike its neighbours. */
    private static final RpcInterface COUNTER = new RpcInterface() {
        @Override
        public SyntaxId syntax() {
            return Srvsvc.SYNTAX;
        }

        @Override
        public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
            if (opnum != 0) {
                throw RpcFault.OPERATION_RANGE;
            }
            int words = in.i32();
            for (int i = 0; i < words; i++) {
                out.i32(i);
            }
        }
    };

    private final RpcConnection connection = new RpcConnection(
            List.of(COUNTER), "\\PIPE\\srvsvc", new AssociationGroups(0x53EF), "caller", Optional.empty());

    @Test
    void aBindIsAcknowledgedWithTheSecondaryAddress() {
        assertTrue(write(BIND));
        assertEquals(Hex.plain(BIND_ACK), readMessage());
        assertEquals(0, connection.messageRemaining());
    }

    @Test
    void aBigEndianClientIsUnderstood() {
        assertTrue(write("05000b03 00000000 0048 0000 00000002 10b810b8 00000000 01000000"
                + "0000 0100 4b324fc8 1670 01d3 12785a47 bf6ee188 00000003"
                + "8a885d04 1ceb 11c9 9fe80800 2b104860 00000002"));
        assertEquals(Hex.plain(BIND_ACK), readMessage());
        assertTrue(write("05000003 00000000 001c 0000 00000003 00000004 0000 0000 00000001"));
        assertEquals(Hex.plain("05000203 10000000 1c000000 03000000 04000000 0000 00 00 00000000"), readMessage());
    }

    @Test
    void eachPresentationContextHasItsOwnResult() {
        assertTrue(write("05000b03 10000000 cc000000 02000000 b810b810 00000000 04000000"
                + ("0500 0200" + SRVSVC + NDR64 + NDR) // two transfer syntaxes, one of them ours
                + ("0600 0100" + SRVSVC + NDR64)
                + ("0001 0100" + "78563412 34123412 abcdef00 11223344 01000000" + NDR)
                + ("0700 0000" + SRVSVC)));
        String answer = readMessage();
        assertEquals(
                Hex.plain("04000000 0000 0000" + NDR + "0200 0200" + NO_SYNTAX + "0200 0100" + NO_SYNTAX + "0200 0200"
                        + NO_SYNTAX),
                answer.substring(2 * 40));
        assertTrue(write(request(3, 5, 0, 1)));
        assertEquals(Hex.plain("05000203 10000000 1c000000 03000000 04000000 0500 00 00 00000000"), readMessage());
    }

    @Test
    void aContextIdHasSixteenBitsAndAlterContextAddsMore() {
        write(BIND);
        readMessage();
        assertTrue(
                write("05000e03 10000000 48000000 09000000 b810b810 f0530000 01000000" + "0103 0100" + SRVSVC + NDR));
        assertEquals(
                Hex.plain("05000f03 10000000 38000000 09000000 b810b810 f0530000 0000 0000 01000000 0000 0000" + NDR),
                readMessage());
        assertTrue(write(request(10, 0x0301, 0, 0)));
        assertEquals(Hex.plain("05000203 10000000 18000000 0a000000 00000000 0103 00 00"), readMessage());
    }

    @Test
    void anUnknownOperationAndAnUnknownContextAreFaultsOfTheirCall() {
        write(BIND);
        readMessage();
        assertTrue(write(request(3, 0, 130, 0)));
        assertEquals(fault(3, 0, "0200011c"), readMessage());
        assertTrue(write(request(4, 9, 0, 0)));
        assertEquals(fault(4, 9, "0300011c"), readMessage());
        assertTrue(write("05000003 10000000 18000000 05000000 00000000 0000 0000")); // no arguments at all
        assertEquals(fault(5, 0, "f7060000"), readMessage());
        assertTrue(write(request(6, 0, 0, 0)), "the connection goes on");
    }

    @Test
    void bytesMayComeInPiecesOfAnySize() {
        ByteBuf all = Hex.buffer(BIND + request(3, 0, 0, 1));
        while (all.isReadable()) {
            assertTrue(connection.write(all.readSlice(1)));
        }
        assertEquals(Hex.plain(BIND_ACK), readMessage());
        assertTrue(readMessage().startsWith("05000203"));
    }

    @Test
    void aRequestMayComeInFragments() {
        write(BIND);
        readMessage();
        assertTrue(write("05000001 10000000 1a000000 03000000 04000000 0000 0000 0200"));
        assertEquals(0, connection.unreadBytes());
        assertTrue(write("05000000 10000000 19000000 03000000 04000000 0000 0000 00"));
        assertTrue(write("05000002 10000000 19000000 03000000 04000000 0000 0000 00"));
        assertEquals(
                Hex.plain("05000203 10000000 20000000 03000000 08000000 0000 00 00 00000000 01000000"), readMessage());
    }

    @Test
    void aLongAnswerIsCutIntoFragmentsThatAreMessages() {
        write(BIND.replace("b810b810", "b810d007")); // takes 2,000 bytes at once
        readMessage();
        write(request(3, 0, 0, 1250));
        int[] lengths = {24 + 1976, 24 + 1976, 24 + 1048};
        int[] flags = {1, 0, 2};
        int next = 0;
        for (int i = 0; i < lengths.length; i++) {
            assertEquals(lengths[i], connection.messageRemaining());
            ByteBuf pdu = Hex.buffer(readMessage());
            assertEquals(flags[i], pdu.getByte(3));
            assertEquals(lengths[i], pdu.getShortLE(8));
            for (int at = 24; at < lengths[i]; at += 4) {
                assertEquals(next++, pdu.getIntLE(at));
            }
        }
        assertEquals(1250, next);
        assertEquals(0, connection.unreadBytes());
    }

    @Test
    void aReadNeverPassesTheEndOfAMessageAndSaysWhenItStoppedBeforeIt() {
        write(BIND + request(3, 0, 0, 1));
        ByteBuf target = Unpooled.buffer();
        assertFalse(connection.isInsideMessage());
        assertEquals(60, connection.read(target, 60));
        assertTrue(connection.isInsideMessage());
        assertEquals(8, connection.messageRemaining());
        assertEquals(8, connection.read(target, 1024));
        assertFalse(connection.isInsideMessage(), "the next message waits, but this one is over");
        assertEquals(Hex.plain(BIND_ACK), Hex.of(target));
        assertEquals(28, connection.read(target, 1024));
        assertEquals(0, connection.read(target, 1024));
    }

    @Test
    void authenticationOfTheConnectionIsNotOffered() {
        String trailer = "0a050000 01000000" + "4e544c4d"; // NTLM
        assertTrue(write(BIND.replace("48000000 0200", "54000400 0200") + trailer));
        assertEquals(Hex.plain("05000d03 10000000 18000000 02000000 0800 01 05 00 000000"), readMessage());
        assertTrue(write(BIND), "a second try without is welcome");
    }

    @Test
    void anotherMajorVersionIsRefusedWithOurs() {
        assertTrue(write("04" + BIND.substring(2)));
        assertEquals(Hex.plain("05000d03 10000000 18000000 02000000 0400 01 05 00 000000"), readMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05000b03 10000000 0f000000 02000000", // shorter than its header
                "05000b03 10000000 d1160000 02000000", // longer than we take
                "05000b03 10000000 ffff0000 02000000",
            })
    void aFragmentOfAnImpossibleLengthBreaksTheConnection(String bytes) {
        assertFalse(write(bytes));
        assertTrue(connection.isBroken());
        assertFalse(write(BIND), "nothing is listened to any more");
        assertEquals(0, connection.messageRemaining());
    }

    @Test
    void everyTruncationOfABindIsAProtocolErrorOrWaitsForTheRest() {
        String whole = Hex.plain(BIND);
        for (int length = 16; length < 72; length++) {
            RpcConnection fresh = new RpcConnection(
                    List.of(COUNTER), "\\PIPE\\srvsvc", new AssociationGroups(), "caller", Optional.empty());
            String header = whole.substring(0, 16) + String.format("%02x00", length) + whole.substring(20);
            assertFalse(fresh.write(Hex.buffer(header.substring(0, 2 * length))), "length " + length);
            ByteBuf answer = Unpooled.buffer();
            fresh.read(answer, 100);
            assertEquals(fault(2, 0, "0b00011c"), Hex.of(answer));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05000003 10000000 18000000 03000000 00000000 0000 0000", // a call before the bind
                "05000e03 10000000 1c000000 03000000 b810b810 00000000 00000000", // alter_context before it
                "05000203 10000000 18000000 03000000 00000000 0000 0000", // an answer
                "05001003 10000000 10000000 03000000", // auth3 of nothing
                "0500ff03 10000000 10000000 03000000",
            })
    void pdusOutOfOrderAreProtocolErrors(String bytes) {
        assertFalse(write(bytes));
        assertEquals(fault(3, 0, "0b00011c"), readMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05000002 10000000 18000000 03000000 00000000 0000 0000", // a last fragment without a first
                "05000001 10000000 18000000 03000000 00000000 0000 0000"
                        + "05000002 10000000 18000000 04000000 00000000 0000 0000", // of another call
                "05000001 10000000 18000000 03000000 00000000 0000 0000"
                        + "05000001 10000000 18000000 03000000 00000000 0000 0000", // first twice
                "05000001 10000000 18000000 03000000 00000000 0000 0000"
                        + "05000002 00000000 0018 0000 00000003 00000000 0000 0000", // in another byte order
            })
    void fragmentsThatDoNotBelongTogetherAreProtocolErrors(String bytes) {
        write(BIND);
        readMessage();
        assertFalse(write(bytes));
        assertTrue(readMessage().endsWith("0b00011c00000000"));
    }

    @Test
    void aSecondBindIsAProtocolError() {
        write(BIND);
        readMessage();
        assertFalse(write(BIND));
        assertEquals(fault(2, 0, "0b00011c"), readMessage());
    }

    @Test
    void aCancelledHalfRequestIsForgotten() {
        write(BIND);
        readMessage();
        assertTrue(write("05000001 10000000 18000000 03000000 00000000 0000 0000"));
        assertTrue(write("05001303 10000000 10000000 03000000"));
        assertTrue(write(request(4, 0, 0, 0)));
        assertEquals(24, connection.messageRemaining());
    }

    @Test
    void aRequestThatNeverEndsIsCut() {
        write(BIND);
        readMessage();
        String fragment = "050000%02x 10000000 d0160000 03000000 00000000 0000 0000" + "00".repeat(5840 - 24);
        int flags = 1;
        int sent = 0;
        while (write(String.format(fragment, flags))) {
            flags = 0;
            sent += 5840 - 24;
            assertTrue(sent <= RpcConnection.REQUEST_BYTES_MAX);
        }
        assertEquals(fault(3, 0, "1b00001c"), readMessage());
    }

    @Test
    void aClientThatCallsWithoutReadingIsCut() {
        write(BIND);
        int words = 500_000;
        int calls = 0;
        while (write(request(3, 0, 0, words))) {
            calls++;
            assertTrue((long) calls * words * 4 <= RpcConnection.UNREAD_BYTES_MAX);
        }
        assertTrue(calls > 1);
        assertEquals(0, connection.unreadBytes());
    }

    @Test
    void contextsAreBounded() {
        write(BIND);
        readMessage();
        for (int id = 1; id <= RpcConnection.CONTEXTS_MAX; id++) {
            write(String.format("05000e03 10000000 48000000 09000000 b810b810 00000000 01000000 %02x00 0100", id)
                    + SRVSVC
                    + NDR);
            boolean full = id == RpcConnection.CONTEXTS_MAX;
            assertEquals(full ? "02000300" : "00000000", readMessage().substring(2 * 32, 2 * 36));
        }
    }

    @Test
    void aNewerMinorVersionThanOursIsNotServed() {
        write(BIND.replace("bf6ee188 03000000", "bf6ee188 03000100"));
        assertEquals("02000100", readMessage().substring(2 * 44, 2 * 46 + 4));
        assertEquals(
                "4b324fc8-1670-01d3-1278-5a47bf6ee188", Srvsvc.SYNTAX.uuid().toString());
        assertEquals("8a885d04-1ceb-11c9-9fe8-08002b104860", SyntaxId.NDR.uuid().toString());
        assertEquals(Guid.ZERO, SyntaxId.NONE.uuid());
    }

    private static String request(int callId, int contextId, int opnum, int argument) {
        return String.format(
                "05000003 10000000 1c000000 %02x000000 04000000 %02x%02x %02x00 %02x%02x%02x00",
                callId,
                contextId & 0xFF,
                contextId >> 8,
                opnum,
                argument & 0xFF,
                (argument >> 8) & 0xFF,
                argument >> 16);
    }

    private static String fault(int callId, int contextId, String status) {
        return Hex.plain(String.format(
                "05000323 10000000 20000000 %02x000000 00000000 %02x00 00 00 %s 00000000", callId, contextId, status));
    }

    private boolean write(String bytes) {
        return connection.write(Hex.buffer(bytes));
    }

    private String readMessage() {
        ByteBuf message = Unpooled.buffer();
        connection.read(message, 65536);
        return Hex.of(message);
    }
}
