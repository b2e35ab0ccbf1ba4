package org.smbd.protocol.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.protocol.fscc.Hex;
import org.smbd.protocol.rpc.host.Mgmt;

/** Binds with tokens "one" and "two", requests that are signed with a sum and sealed by turning all bits around. */
class ConnectionSecurityTest {
    private static final String NDR = "045d888a eb1cc911 9fe80800 2b104860 02000000";
    private static final String INTERFACE = "80bda8af 8a7dc911 bef40800 2b102989 01000000";
    private static final int INTEGRITY = AuthTrailer.LEVEL_INTEGRITY;
    private static final int PRIVACY = AuthTrailer.LEVEL_PRIVACY;

    /** Takes "one", answers "?", then takes "two". */
    private static final class Toy implements RpcSecurity {
        private boolean begun;

        @Override
        public Step step(byte[] token) {
            String text = new String(token, StandardCharsets.US_ASCII);
            if (!begun && text.equals("one")) {
                begun = true;
                return new Step(new byte[] {'?'}, false);
            }
            if (begun && text.equals("two")) {
                return new Step(new byte[0], true);
            }
            throw RpcFault.ACCESS_DENIED;
        }

        @Override
        public boolean canProtect(boolean sealed) {
            return true;
        }

        @Override
        public int signatureBytes() {
            return 4;
        }

        @Override
        public byte[] seal(byte[] plain) {
            return turned(plain);
        }

        @Override
        public byte[] unseal(byte[] sealed) {
            return turned(sealed);
        }

        @Override
        public byte[] sign(byte[] message) {
            return sum(message);
        }

        @Override
        public boolean verify(byte[] message, byte[] signature) {
            return Arrays.equals(sum(message), signature);
        }
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = bytes.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ~turned[i];
        }
        return turned;
    }

    private static byte[] sum(byte[] bytes) {
        return HexFormat.of().parseHex(String.format("%08x", Arrays.hashCode(bytes)));
    }

    private final RpcConnection connection = new RpcConnection(
            List.of(new Mgmt(List.of(), "SRV")), "\\PIPE\\x", new AssociationGroups(), "caller", Optional.of(Toy::new));

    private boolean write(byte[] pdu) {
        return connection.write(Unpooled.wrappedBuffer(pdu));
    }

    private byte[] read() {
        ByteBuf pdu = Unpooled.buffer();
        connection.read(pdu, connection.messageRemaining());
        byte[] bytes = new byte[pdu.readableBytes()];
        pdu.readBytes(bytes);
        return bytes;
    }

    private static String trailer(int type, int level, int pad) {
        return String.format("%02x%02x%02x00 2a000000", type, level, pad);
    }

    private static byte[] pdu(int type, int flags, String body, String trailer, byte[] value) {
        String hex = Hex.plain(body + trailer) + HexFormat.of().formatHex(value);
        int length = 16 + hex.length() / 2;
        return HexFormat.of()
                .parseHex(Hex.plain(String.format("0500%02x%02x 10000000", type, flags)
                        + little(length)
                        + little(value.length)
                        + "07000000"
                        + hex));
    }

    private static String little(int value) {
        return String.format("%02x%02x", value & 0xFF, value >>> 8);
    }

    private static byte[] token(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bind(int type, int level, int flags, String token) {
        return pdu(
                RpcHeader.BIND,
                3 | flags,
                "b810b810 00000000 01000000 00000100" + INTERFACE + NDR,
                trailer(type, level, 0),
                token(token));
    }

    private void establish(int level, int flags) {
        assertTrue(write(bind(AuthTrailer.TYPE_NTLM, level, flags, "one")));
        byte[] ack = read();
        assertEquals(RpcHeader.BIND_ACK, ack[2]);
        assertEquals(3 | flags, ack[3]);
        assertEquals('?', ack[ack.length - 1]);
        assertEquals(0, (ack.length - 1 - 8) % 16);
        assertEquals(1, ack[10]); // auth_length
        assertTrue(write(pdu(RpcHeader.AUTH3, 3, "00000000", trailer(AuthTrailer.TYPE_NTLM, level, 0), token("two"))));
        assertEquals(0, connection.messageRemaining());
    }

    /** is_server_listening, which has no arguments, with 16 bytes of padding in their place. */
    private static byte[] request(int level, boolean header) {
        String padding = "00".repeat(16);
        String sent = level == PRIVACY ? "ff".repeat(16) : padding;
        byte[] pdu = pdu(
                RpcHeader.REQUEST,
                3,
                "00000000 00000200" + sent,
                trailer(AuthTrailer.TYPE_NTLM, level, 16),
                new byte[4]);
        byte[] plain = pdu.clone();
        Arrays.fill(plain, 24, 40, (byte) 0);
        byte[] signed = header ? Arrays.copyOf(plain, plain.length - 4) : new byte[16];
        System.arraycopy(sum(signed), 0, pdu, pdu.length - 4, 4);
        return pdu;
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "5, 4", "6, 0", "6, 4"})
    void requestsAndAnswersAreProtectedAsAgreed(int level, int flags) {
        establish(level, flags);
        assertTrue(write(request(level, flags != 0)));
        byte[] answer = read();
        assertEquals(RpcHeader.RESPONSE, answer[2]);
        assertEquals(24 + 16 + 8 + 4, answer.length);
        byte[] stub = Arrays.copyOfRange(answer, 24, 40);
        byte[] plain = level == PRIVACY ? turned(stub) : stub;
        assertArrayEquals(HexFormat.of().parseHex("0000000001000000" + "00".repeat(8)), plain);
        System.arraycopy(plain, 0, answer, 24, 16);
        assertEquals(8, answer[42]); // auth_pad_length
        assertEquals(0x2a, answer[44]); // auth_context_id
        byte[] signed = flags != 0 ? Arrays.copyOf(answer, answer.length - 4) : plain;
        assertArrayEquals(sum(signed), Arrays.copyOfRange(answer, answer.length - 4, answer.length));
    }

    private int faultStatus() {
        byte[] fault = read();
        assertEquals(RpcHeader.FAULT, fault[2]);
        return fault[24] & 0xFF | (fault[25] & 0xFF) << 8;
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 40, 41, 42, 44, 49})
    void aChangedByteIsAFault(int at) {
        establish(PRIVACY, 4);
        byte[] request = request(PRIVACY, true);
        request[at] ^= 1;
        assertFalse(write(request));
        assertEquals(RpcFault.SECURITY_PACKAGE.status(), faultStatus());
    }

    @Test
    void aRequestWithoutSignatureIsAFault() {
        establish(INTEGRITY, 0);
        assertFalse(write(pdu(RpcHeader.REQUEST, 3, "00000000 00000200", "", new byte[0])));
        assertEquals(RpcFault.SECURITY_PACKAGE.status(), faultStatus());
    }

    @Test
    void nobodyCallsBeforeTheLastToken() {
        assertTrue(write(bind(AuthTrailer.TYPE_NTLM, INTEGRITY, 0, "one")));
        read();
        assertFalse(write(request(INTEGRITY, false)));
        assertEquals(RpcFault.ACCESS_DENIED.status(), faultStatus());
    }

    @Test
    void aWrongTokenIsRefused() {
        assertTrue(write(bind(AuthTrailer.TYPE_NTLM, INTEGRITY, 0, "one")));
        read();
        assertFalse(
                write(pdu(RpcHeader.AUTH3, 3, "00000000", trailer(AuthTrailer.TYPE_NTLM, INTEGRITY, 0), token("tow"))));
        assertEquals(RpcFault.ACCESS_DENIED.status(), faultStatus());
    }

    @ParameterizedTest
    @CsvSource({"9, 6", "10, 5"})
    void aTokenOfAnotherContextIsAProtocolError(int type, int level) {
        assertTrue(write(bind(AuthTrailer.TYPE_NTLM, PRIVACY, 0, "one")));
        read();
        assertFalse(write(pdu(RpcHeader.AUTH3, 3, "00000000", trailer(type, level, 0), token("two"))));
        assertEquals(RpcFault.PROTOCOL_ERROR.status() & 0xFFFF, faultStatus());
    }

    @ParameterizedTest
    @CsvSource({"16, 6", "68, 6", "10, 0", "10, 1", "10, 7"})
    void otherProvidersAndLevelsAreNotTaken(int type, int level) {
        assertTrue(write(bind(type, level, 0, "one")));
        assertEquals(RpcHeader.BIND_NAK, read()[2]);
    }

    @Test
    void aTrailerThatLiesIsAProtocolError() {
        byte[] long1 = bind(AuthTrailer.TYPE_NTLM, PRIVACY, 0, "one");
        long1[10] = (byte) 0xFF; // auth_length
        assertFalse(write(long1));
        assertEquals(RpcFault.PROTOCOL_ERROR.status() & 0xFFFF, faultStatus());
    }

    @Test
    void paddingThatReachesIntoTheHeaderIsAFault() {
        establish(INTEGRITY, 0);
        byte[] request = request(INTEGRITY, false);
        request[42] = 17;
        assertFalse(write(request));
        assertEquals(RpcFault.SECURITY_PACKAGE.status(), faultStatus());
    }
}
