package org.smbd.auth.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * Signatures of one direction with extended session security. MS-NLMP 3.4.4.2 With Extended Session Security, 3.4.5.2
 * SIGNKEY, 3.4.5.3 SEALKEY.
 */
final class NtlmMac {
    private static final int CHECKSUM_BYTES = 8;
    private static final int SIGNATURE_VERSION = 1;
    /** 3.4.5.3: bytes of the seal key without NEGOTIATE_128. */
    private static final int KEY_BYTES_56 = 7;

    private static final int KEY_BYTES_40 = 5;

    private final byte[] signKey;
    private final byte[] sealKey;
    private Cipher sealHandle;
    private final boolean encryptsChecksum;
    private int sequenceNumber;

    /** Whose messages are signed. */
    enum Direction {
        CLIENT_TO_SERVER("client-to-server"),
        SERVER_TO_CLIENT("server-to-client");

        private final String words;

        Direction(String words) {
            this.words = words;
        }

        private byte[] magic(String purpose) {
            return ("session key to " + words + " " + purpose + " key magic constant\0")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    NtlmMac(int flags, byte[] exportedSessionKey, Direction direction) {
        signKey = NtlmCrypto.md5(exportedSessionKey, direction.magic("signing"));
        sealKey = sealKey(flags, exportedSessionKey, direction);
        sealHandle = NtlmCrypto.rc4Handle(sealKey);
        encryptsChecksum = NtlmFlags.has(flags, NtlmFlags.KEY_EXCH);
    }

    static byte[] sealKey(int flags, byte[] exportedSessionKey, Direction direction) {
        int strength = NtlmCrypto.KEY_BYTES;
        if (!NtlmFlags.has(flags, NtlmFlags.NEGOTIATE_128)) {
            strength = NtlmFlags.has(flags, NtlmFlags.NEGOTIATE_56) ? KEY_BYTES_56 : KEY_BYTES_40;
        }
        return NtlmCrypto.md5(Arrays.copyOf(exportedSessionKey, strength), direction.magic("sealing"));
    }

    /** The signature of the next message of this direction. 2.2.2.9.2 NTLMSSP_MESSAGE_SIGNATURE. */
    byte[] sign(byte[] message) {
        byte[] sequence = littleEndian(sequenceNumber);
        byte[] checksum = Arrays.copyOf(NtlmCrypto.hmacMd5(signKey, sequence, message), CHECKSUM_BYTES);
        if (encryptsChecksum) {
            checksum = sealHandle.update(checksum);
        }
        sequenceNumber++;
        return ByteBuffer.allocate(2 * Integer.BYTES + CHECKSUM_BYTES)
                .put(littleEndian(SIGNATURE_VERSION))
                .put(checksum)
                .put(sequence)
                .array();
    }

    /** En- or decrypts a part of the next message, whose signature comes behind it. 3.4.3 Message Confidentiality. */
    byte[] crypt(byte[] data) {
        byte[] result = sealHandle.update(data);
        return result == null ? new byte[0] : result; // what a cipher makes of nothing
    }

    /** Begins the key stream anew; messages are counted on. */
    void restartKeyStream() {
        sealHandle = NtlmCrypto.rc4Handle(sealKey);
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
