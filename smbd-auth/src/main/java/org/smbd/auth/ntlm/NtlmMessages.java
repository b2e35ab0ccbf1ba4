package org.smbd.auth.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The three messages of NTLM. MS-NLMP 2.2.1 Messages. */
final class NtlmMessages {
    /** 2.2.1: the first eight bytes of each. */
    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

    private static final int TYPE_OFFSET = 8;
    /** 2.2.2.10 VERSION: Windows 10 build 17763, NTLMSSP revision 15. Some clients expect a Windows. */
    private static final long VERSION = 0x0F_000000_4563_00_0AL;

    private NtlmMessages() {}

    /** Whether a first token is NTLM without SPNEGO around it. */
    static boolean looksLikeNtlm(byte[] token) {
        return token.length >= SIGNATURE.length
                && Arrays.equals(token, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /**
     * 2.2.1.1 NEGOTIATE_MESSAGE. Names and version behind the flags say nothing that counts, and old clients leave them
     * out.
     */
    record Negotiate(int flags) {
        private static final int TYPE = 1;

        static Negotiate decode(byte[] token) throws MalformedNtlm {
            return new Negotiate(start(token, TYPE, 16).getInt(12));
        }
    }

    /** 2.2.1.2 CHALLENGE_MESSAGE, with the target info that this server always sends. */
    record Challenge(int flags, String targetName, byte[] serverChallenge, AvPairs targetInfo) {
        private static final int TYPE = 2;
        private static final int PAYLOAD_OFFSET = 56;

        byte[] encode() {
            byte[] name =
                    NtlmFlags.has(flags, NtlmFlags.REQUEST_TARGET) ? targetName.getBytes(charset(flags)) : new byte[0];
            byte[] info = targetInfo.encode();
            ByteBuffer out = ByteBuffer.allocate(PAYLOAD_OFFSET + name.length + info.length)
                    .order(ByteOrder.LITTLE_ENDIAN);
            out.put(SIGNATURE).putInt(TYPE);
            putField(out, name.length, PAYLOAD_OFFSET); //               TargetNameFields (8)
            out.putInt(flags).put(serverChallenge).putLong(0); //        NegotiateFlags, ServerChallenge, Reserved
            putField(out, info.length, PAYLOAD_OFFSET + name.length); // TargetInfoFields (8)
            out.putLong(VERSION).put(name).put(info);
            return out.array();
        }

        private static void putField(ByteBuffer out, int length, int offset) {
            out.putShort((short) length).putShort((short) length).putInt(offset);
        }
    }

    /**
     * 2.2.1.3 AUTHENTICATE_MESSAGE.
     *
     * @param lmResponse LmChallengeResponse
     * @param ntResponse NtChallengeResponse
     * @param encryptedRandomSessionKey empty without KEY_EXCH
     * @param flags NegotiateFlags; zero where an old client left them out
     * @param raw the message as it came, which a MIC covers
     */
    record Authenticate(
            byte[] lmResponse,
            byte[] ntResponse,
            String domain,
            String user,
            String workstation,
            byte[] encryptedRandomSessionKey,
            int flags,
            byte[] raw) {
        private static final int TYPE = 3;
        /** The fixed part of the oldest clients ends before EncryptedRandomSessionKeyFields. */
        private static final int FIXED_BYTES_MIN = 52;

        private static final int FIXED_BYTES = 64;
        static final int MIC_OFFSET = 72;
        static final int MIC_BYTES = 16;

        /**
         * Reads a message.
         *
         * @param challengeFlags decide the character set where the message has no flags
         */
        static Authenticate decode(byte[] token, int challengeFlags) throws MalformedNtlm {
            ByteBuffer in = start(token, TYPE, FIXED_BYTES_MIN);
            boolean whole = token.length >= FIXED_BYTES;
            int flags = whole ? in.getInt(60) : 0;
            Charset charset = charset(whole ? flags : challengeFlags);
            return new Authenticate(
                    field(in, 12), //  LmChallengeResponseFields (8)
                    field(in, 20), //  NtChallengeResponseFields (8)
                    text(in, 28, charset), //  DomainNameFields (8)
                    text(in, 36, charset), //  UserNameFields (8)
                    text(in, 44, charset), //  WorkstationFields (8)
                    whole ? field(in, 52) : new byte[0], //  EncryptedRandomSessionKeyFields (8)
                    flags,
                    token);
        }

        /** The MIC field; zeros where the message is too short to have one. */
        byte[] mic() {
            return raw.length < MIC_OFFSET + MIC_BYTES
                    ? new byte[MIC_BYTES]
                    : Arrays.copyOfRange(raw, MIC_OFFSET, MIC_OFFSET + MIC_BYTES);
        }

        /** The message with a MIC field of zeros: what the MIC was computed over. */
        byte[] withoutMic() {
            byte[] copy = raw.clone();
            Arrays.fill(
                    copy, Math.min(copy.length, MIC_OFFSET), Math.min(copy.length, MIC_OFFSET + MIC_BYTES), (byte) 0);
            return copy;
        }

        /** 3.2.5.1.2: neither a name nor a response, so a null session is asked for. */
        boolean isAnonymous() {
            return user.isEmpty()
                    && ntResponse.length == 0
                    && (lmResponse.length == 0 || (lmResponse.length == 1 && lmResponse[0] == 0));
        }

        /** Shows none of the responses. */
        @Override
        public String toString() {
            return "Authenticate[" + domain + ", " + user + ", " + workstation + "]";
        }
    }

    private static ByteBuffer start(byte[] token, int type, int fixedBytes) throws MalformedNtlm {
        if (token.length < fixedBytes || !looksLikeNtlm(token)) {
            throw new MalformedNtlm("no NTLM message, or one of " + token.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(TYPE_OFFSET) != type) {
            throw new MalformedNtlm("message type " + in.getInt(TYPE_OFFSET) + " instead of " + type);
        }
        return in;
    }

    @SuppressWarnings("ByteBufferBackingArray") // always a wrapped array
    private static byte[] field(ByteBuffer in, int at) throws MalformedNtlm {
        int length = Short.toUnsignedInt(in.getShort(at));
        long offset = Integer.toUnsignedLong(in.getInt(at + 4));
        // An empty field may point anywhere: clients differ.
        if (length == 0) {
            return new byte[0];
        }
        if (offset + length > in.capacity()) {
            throw new MalformedNtlm("a field ends beyond the message");
        }
        return Arrays.copyOfRange(in.array(), (int) offset, (int) offset + length);
    }

    private static String text(ByteBuffer in, int at, Charset charset) throws MalformedNtlm {
        byte[] bytes = field(in, at);
        if (charset == StandardCharsets.UTF_16LE && bytes.length % 2 != 0) {
            throw new MalformedNtlm("a Unicode name of odd length");
        }
        return new String(bytes, charset);
    }

    private static Charset charset(int flags) {
        return NtlmFlags.has(flags, NtlmFlags.UNICODE) ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1;
    }
}
