package org.smbd.auth.ntlm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Messages of MS-NLMP 4.2.4.3. */
class NtlmMessagesTest {
    static final byte[] AUTHENTICATE = HexFormat.of()
            .parseHex("4e544c4d5353500003000000180018006c00000054005400840000000c000c0048000000080008005400000010001000"
                    + "5c00000010001000d8000000358288e20501280a0000000f44006f006d00610069006e005500730065007200"
                    + "43004f004d0050005500540045005200"
                    + "86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"
                    + "68cd0ab851e51c96aabc927bebef6a1c"
                    + "01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00"
                    + "01000c0053006500720076006500720000000000" + "00000000" + "c5dad2544fc9799094ce1ce90bc9d03e");

    @Test
    void anAuthenticateMessageIsRead() throws Exception {
        NtlmMessages.Authenticate message = NtlmMessages.Authenticate.decode(AUTHENTICATE, 0);
        assertEquals("Domain", message.domain());
        assertEquals("User", message.user());
        assertEquals("COMPUTER", message.workstation());
        assertEquals(0xe2888235, message.flags());
        assertEquals(24, message.lmResponse().length);
        assertEquals(0x54, message.ntResponse().length);
        assertEquals("c5dad2544fc9799094ce1ce90bc9d03e", HexFormat.of().formatHex(message.encryptedRandomSessionKey()));
        assertFalse(message.toString().contains("c5"), "no key is printed");
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        for (int length = 0; length < AUTHENTICATE.length; length++) {
            byte[] cut = Arrays.copyOf(AUTHENTICATE, length);
            assertThrows(MalformedNtlm.class, () -> NtlmMessages.Authenticate.decode(cut, 0), "length " + length);
        }
        byte[] negotiate = negotiate(0x11);
        assertEquals(0x11, NtlmMessages.Negotiate.decode(negotiate).flags());
        for (int length = 0; length < 16; length++) {
            byte[] cut = Arrays.copyOf(negotiate, length);
            assertThrows(MalformedNtlm.class, () -> NtlmMessages.Negotiate.decode(cut), "length " + length);
        }
    }

    @Test
    void fieldsThatPointOutsideAreRefused() {
        for (int field = 12; field < 60; field += 8) {
            for (int offset : new int[] {AUTHENTICATE.length, Integer.MAX_VALUE, -1, AUTHENTICATE.length - 1}) {
                byte[] broken = AUTHENTICATE.clone();
                ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putInt(field + 4, offset);
                assertThrows(MalformedNtlm.class, () -> NtlmMessages.Authenticate.decode(broken, 0));
            }
            byte[] broken = AUTHENTICATE.clone();
            ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putShort(field, (short) -1);
            assertThrows(MalformedNtlm.class, () -> NtlmMessages.Authenticate.decode(broken, 0));
        }
    }

    @Test
    void aNameOfOddLengthAndAWrongTypeAreRefused() {
        byte[] odd = AUTHENTICATE.clone();
        odd[36] = 7;
        assertThrows(MalformedNtlm.class, () -> NtlmMessages.Authenticate.decode(odd, 0));
        byte[] type = AUTHENTICATE.clone();
        type[8] = 1;
        assertThrows(MalformedNtlm.class, () -> NtlmMessages.Authenticate.decode(type, 0));
    }

    @Test
    void aChallengeIsWrittenAsSpecified() throws Exception {
        int flags = NtlmFlags.challenge(NtlmFlags.UNICODE | NtlmFlags.REQUEST_TARGET);
        byte[] challenge = new NtlmMessages.Challenge(
                        flags,
                        "SERVER",
                        HexFormat.of().parseHex("0123456789abcdef"),
                        AvPairs.ofServer(TestNames.NAMES, 99))
                .encode();
        ByteBuffer in = ByteBuffer.wrap(challenge).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(2, in.getInt(8));
        assertEquals(12, in.getShort(12));
        assertEquals(56, in.getInt(16));
        assertEquals(flags, in.getInt(20));
        assertEquals(0xefcdab8967452301L, in.getLong(24));
        assertEquals(0, in.getLong(32));
        assertEquals(68, in.getInt(44));
        assertEquals(challenge.length - 68, in.getShort(40));
        assertEquals(10, challenge[48]);
        assertEquals(15, challenge[55]);
        AvPairs pairs = AvPairs.decode(in.position(68).slice().order(ByteOrder.LITTLE_ENDIAN));
        assertEquals("SERVER", pairs.text(AvPairs.NB_COMPUTER_NAME).orElseThrow());
        assertEquals("DOMAIN", pairs.text(AvPairs.NB_DOMAIN_NAME).orElseThrow());
        assertEquals("server.example.org", pairs.text(AvPairs.DNS_COMPUTER_NAME).orElseThrow());
        assertArrayEquals(
                new byte[] {99, 0, 0, 0, 0, 0, 0, 0},
                pairs.value(AvPairs.TIMESTAMP).orElseThrow());
    }

    /** Linux gives up without 128 and 56, jcifs-ng without KEY_EXCH. */
    @Test
    void everyChallengeOffersWhatClientsInsistOn() {
        int wanted = NtlmFlags.NEGOTIATE_128
                | NtlmFlags.NEGOTIATE_56
                | NtlmFlags.KEY_EXCH
                | NtlmFlags.SIGN
                | NtlmFlags.ALWAYS_SIGN
                | NtlmFlags.VERSION;
        assertTrue(NtlmFlags.has(NtlmFlags.challenge(0), wanted | NtlmFlags.UNICODE));
        assertTrue(NtlmFlags.has(
                NtlmFlags.challenge(NtlmFlags.EXTENDED_SESSIONSECURITY), NtlmFlags.EXTENDED_SESSIONSECURITY));
        assertFalse(NtlmFlags.has(NtlmFlags.challenge(NtlmFlags.OEM), NtlmFlags.UNICODE));
    }

    @Test
    void avPairsWithoutAnEndOrBeyondItAreRefused() {
        byte[] pairs = AvPairs.ofServer(TestNames.NAMES, 1).encode();
        for (int length = 0; length < pairs.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(pairs, 0, length).order(ByteOrder.LITTLE_ENDIAN);
            assertThrows(MalformedNtlm.class, () -> AvPairs.decode(cut), "length " + length);
        }
    }

    static byte[] negotiate(int flags) {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("NTLMSSP\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(flags)
                .array();
    }
}
