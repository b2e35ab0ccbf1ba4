package org.smbd.auth.ntlm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.smbd.auth.account.NtHash;

/** The client's side of NTLM, with switches for everything that a hostile or odd client may do. */
public final class NtlmClient {
    static final int FLAGS = NtlmFlags.UNICODE
            | NtlmFlags.REQUEST_TARGET
            | NtlmFlags.SIGN
            | NtlmFlags.SEAL
            | NtlmFlags.NTLM
            | NtlmFlags.ALWAYS_SIGN
            | NtlmFlags.EXTENDED_SESSIONSECURITY
            | NtlmFlags.NEGOTIATE_128
            | NtlmFlags.NEGOTIATE_56
            | NtlmFlags.KEY_EXCH;

    private final byte[] randomKey = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private final byte[] clientChallenge = {1, 2, 3, 4, 5, 6, 7, 8};
    final Map<Integer, byte[]> changedPairs = new LinkedHashMap<>();
    public int flags = FLAGS;
    public boolean sendsMic = true;
    boolean spoilsMic;
    byte[] lmResponse = new byte[24];
    public byte[] sessionKey = new byte[16];

    public byte[] negotiate() {
        return NtlmMessagesTest.negotiate(flags);
    }

    public byte[] authenticate(byte[] challenge, String user, String password) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(challenge).order(ByteOrder.LITTLE_ENDIAN);
        byte[] serverChallenge = Arrays.copyOfRange(challenge, 24, 32);
        int infoAt = in.getInt(44);
        AvPairs theirs = AvPairs.decode(in.position(infoAt).slice().order(ByteOrder.LITTLE_ENDIAN));
        Map<Integer, byte[]> pairs = new LinkedHashMap<>(theirs.pairs());
        if (sendsMic) {
            pairs.put(AvPairs.FLAGS, new byte[] {AvPairs.FLAG_MIC, 0, 0, 0});
        }
        pairs.putAll(changedPairs);
        ByteArrayOutputStream temp = new ByteArrayOutputStream();
        temp.writeBytes(new byte[] {1, 1, 0, 0, 0, 0, 0, 0});
        temp.writeBytes(theirs.value(AvPairs.TIMESTAMP).orElseThrow());
        temp.writeBytes(clientChallenge);
        temp.writeBytes(new byte[4]);
        temp.writeBytes(new AvPairs(pairs).encode());
        temp.writeBytes(new byte[4]);
        byte[] key = NtlmCrypto.ntowfV2(NtHash.ofPassword(password), user, "WORK");
        byte[] proof = NtlmCrypto.ntProof(key, serverChallenge, temp.toByteArray());
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.writeBytes(proof);
        response.writeBytes(temp.toByteArray());
        return message(challenge, user, response.toByteArray(), NtlmCrypto.hmacMd5(key, proof));
    }

    byte[] authenticateV1(byte[] challenge, String user, String password) {
        byte[] serverChallenge = Arrays.copyOfRange(challenge, 24, 32);
        byte[] hash = NtHash.ofPassword(password);
        byte[] base = NtlmCrypto.sessionBaseKeyV1(hash);
        byte[] exchangeKey = base;
        byte[] answered = serverChallenge;
        if (NtlmFlags.has(flags, NtlmFlags.EXTENDED_SESSIONSECURITY)) {
            lmResponse = Arrays.copyOf(clientChallenge, 24);
            answered = NtlmCrypto.extendedChallenge(serverChallenge, clientChallenge);
            exchangeKey = NtlmCrypto.hmacMd5(base, serverChallenge, clientChallenge);
        }
        sendsMic = false;
        return message(challenge, user, NtlmCrypto.ntlmV1Response(hash, answered), exchangeKey);
    }

    public byte[] anonymous(byte[] challenge) {
        lmResponse = new byte[1];
        sendsMic = false;
        return message(challenge, "", new byte[0], new byte[16]);
    }

    public byte[] mic(byte[] data) {
        return new NtlmMac(flags, sessionKey, NtlmMac.Direction.CLIENT_TO_SERVER).sign(data);
    }

    public byte[] expectedServerMic(byte[] data) {
        return new NtlmMac(flags, sessionKey, NtlmMac.Direction.SERVER_TO_CLIENT).sign(data);
    }

    private byte[] message(byte[] challenge, String user, byte[] ntResponse, byte[] exchangeKey) {
        boolean exchanges = NtlmFlags.has(flags, NtlmFlags.KEY_EXCH);
        sessionKey = exchanges ? randomKey : exchangeKey;
        byte[] wrapped = exchanges ? NtlmCrypto.rc4(exchangeKey, randomKey) : new byte[0];
        byte[][] fields = {
            lmResponse,
            ntResponse,
            "WORK".getBytes(StandardCharsets.UTF_16LE),
            user.getBytes(StandardCharsets.UTF_16LE),
            "PC".getBytes(StandardCharsets.UTF_16LE),
            wrapped
        };
        int size = 88 + Arrays.stream(fields).mapToInt(field -> field.length).sum();
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)).putInt(3);
        int offset = 88;
        for (byte[] field : fields) {
            out.putShort((short) field.length).putShort((short) field.length).putInt(offset);
            offset += field.length;
        }
        out.putInt(flags).position(88);
        for (byte[] field : fields) {
            out.put(field);
        }
        if (sendsMic) {
            byte[] mic = NtlmCrypto.hmacMd5(sessionKey, negotiate(), challenge, out.array());
            mic[0] ^= (byte) (spoilsMic ? 1 : 0);
            out.position(72).put(mic);
        }
        return out.array();
    }
}
