package org.smbd.server.raw;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.smbd.auth.account.NtHash;

/** The client's side of a raw NTLMv2 log-in, without SPNEGO, key exchange and MIC: MS-NLMP 3.1.5.1, 3.3.2. */
final class RawNtlm {
    /** UNICODE, REQUEST_TARGET, SIGN, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, TARGET_INFO, 128, 56. */
    private static final int FLAGS = 0xA0888215;

    private static final int AUTHENTICATE_HEADER_BYTES = 72;
    private static final int TIMESTAMP = 7;

    private final String user;
    private final String password;
    private byte[] sessionKey = new byte[16];

    RawNtlm(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** The key of the session; behind {@link #authenticate}. */
    byte[] sessionKey() {
        return sessionKey.clone();
    }

    /** MS-NLMP 2.2.1.1 NEGOTIATE_MESSAGE. */
    byte[] negotiate() {
        byte[] message = new byte[32];
        begin(message, 1).putInt(FLAGS);
        return message;
    }

    /** MS-NLMP 2.2.1.3 AUTHENTICATE_MESSAGE; an empty user name makes it that of an anonymous user. */
    byte[] authenticate(byte[] challenge) {
        if (user.isEmpty()) {
            return message(new byte[1], new byte[0]);
        }
        ByteBuffer in = ByteBuffer.wrap(challenge).order(ByteOrder.LITTLE_ENDIAN);
        byte[] serverChallenge = Arrays.copyOfRange(challenge, 24, 32);
        int infoBytes = in.getShort(40);
        int infoAt = in.getInt(44);
        byte[] info = Arrays.copyOfRange(challenge, infoAt, infoAt + infoBytes);
        ByteBuffer blob = ByteBuffer.allocate(28 + info.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        blob.putLong(0x0101)
                .putLong(timestamp(info))
                .putLong(0x0807060504030201L)
                .putInt(0);
        blob.put(info);
        byte[] key = hmacMd5(
                NtHash.ofPassword(password), user.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16LE));
        byte[] proof = hmacMd5(key, serverChallenge, blob.array());
        sessionKey = hmacMd5(key, proof);
        return message(
                new byte[24],
                ByteBuffer.allocate(proof.length + blob.capacity())
                        .put(proof)
                        .put(blob.array())
                        .array());
    }

    private byte[] message(byte[] lmResponse, byte[] ntResponse) {
        byte[][] fields = {
            lmResponse,
            ntResponse,
            new byte[0],
            user.getBytes(StandardCharsets.UTF_16LE),
            "RAW".getBytes(StandardCharsets.UTF_16LE),
            new byte[0]
        };
        int bytes = AUTHENTICATE_HEADER_BYTES
                + Arrays.stream(fields).mapToInt(field -> field.length).sum();
        byte[] message = new byte[bytes];
        ByteBuffer out = begin(message, 3);
        int offset = AUTHENTICATE_HEADER_BYTES;
        for (byte[] field : fields) {
            out.putShort((short) field.length).putShort((short) field.length).putInt(offset);
            offset += field.length;
        }
        out.putInt(FLAGS).position(AUTHENTICATE_HEADER_BYTES);
        for (byte[] field : fields) {
            out.put(field);
        }
        return message;
    }

    private static ByteBuffer begin(byte[] message, int type) {
        return ByteBuffer.wrap(message)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(type);
    }

    /** MS-NLMP 2.2.2.1 AV_PAIR: MsvAvTimestamp. */
    private static long timestamp(byte[] info) {
        ByteBuffer in = ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= 4) {
            int id = in.getShort();
            int length = in.getShort();
            if (id == TIMESTAMP) {
                return in.getLong();
            }
            in.position(in.position() + length);
        }
        throw new IllegalArgumentException("no timestamp");
    }

    private static byte[] hmacMd5(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
