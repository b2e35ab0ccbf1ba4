package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.WireWriter;

/** Responses to requests that negotiate, log in and connect. */
@SuppressWarnings("ArrayRecordComponent") // challenges and tokens: written once, never compared
public sealed interface Smb1SessionResponse extends Smb1Response {
    /**
     * MS-CIFS 2.2.4.52.2 SMB_COM_NEGOTIATE Response for NT LM 0.12.
     *
     * @param dialectIndex of the dialect that was chosen
     * @param securityMode {@link Negotiate#USER_SECURITY} and its neighbours
     * @param maxMpxCount requests that the client may have under way
     * @param maxBufferSize longest message that the server takes, in bytes
     * @param sessionKey the client sends it back
     * @param systemTime {@link org.smbd.core.type.FileTime} ticks
     * @param timeZoneMinutes west of UTC
     * @param security what the log-in begins with
     */
    record Negotiate(
            int dialectIndex,
            int securityMode,
            int maxMpxCount,
            int maxBufferSize,
            int sessionKey,
            int capabilities,
            long systemTime,
            int timeZoneMinutes,
            Security security)
            implements Smb1SessionResponse {
        public static final int USER_SECURITY = 0x1;
        public static final int ENCRYPT_PASSWORDS = 0x2;
        public static final int SIGNATURES_ENABLED = 0x4;
        public static final int SIGNATURES_REQUIRED = 0x8;

        @Override
        public void words(WireWriter out) {
            out.u16(dialectIndex); // DialectIndex
            out.u8(securityMode); // SecurityMode
            out.u16(maxMpxCount); // MaxMpxCount
            out.u16(1); // MaxNumberVcs
            out.i32(maxBufferSize); // MaxBufferSize
            out.i32(0); // MaxRawSize: raw mode is not offered
            out.i32(sessionKey); // SessionKey
            out.i32(capabilities); // Capabilities
            out.i64(systemTime); // SystemTime
            out.u16(timeZoneMinutes & 0xFFFF); // ServerTimeZone
            out.u8(security.challengeLength()); // ChallengeLength
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            security.bytes(out);
        }
    }

    /** The end of a NEGOTIATE response. */
    sealed interface Security {
        int challengeLength();

        void bytes(WireWriter out);
    }

    /**
     * MS-CIFS 2.2.4.52.2: a challenge, and the names that are always UTF-16LE, without padding.
     *
     * @param challenge 8 bytes
     */
    record Challenge(byte[] challenge, String domain, String server) implements Security {
        @Override
        public int challengeLength() {
            return challenge.length;
        }

        @Override
        public void bytes(WireWriter out) {
            out.bytes(challenge);
            out.utf16(domain);
            out.u16(0);
            out.utf16(server);
            out.u16(0);
        }
    }

    /** MS-SMB 2.2.4.5.2.1 Extended Security Response: the first GSS token is the server's. */
    record Token(Guid serverGuid, byte[] token) implements Security {
        @Override
        public int challengeLength() {
            return 0;
        }

        @Override
        public void bytes(WireWriter out) {
            out.guid(serverGuid);
            out.bytes(token);
        }
    }

    /**
     * MS-CIFS 2.2.4.52.2 for LANMAN 1.0 to 2.1: 13 words.
     *
     * @param time of the server as {@link DosTime} packs it
     */
    record NegotiateLanman(
            int dialectIndex,
            int securityMode,
            int maxBufferSize,
            int maxMpxCount,
            int sessionKey,
            int time,
            int timeZoneMinutes,
            byte[] challenge,
            String domain)
            implements Smb1SessionResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(dialectIndex); // DialectIndex
            out.u16(securityMode); // SecurityMode
            out.u16(maxBufferSize); // MaxBufferSize
            out.u16(maxMpxCount); // MaxMpxCount
            out.u16(1); // MaxNumberVcs
            out.u16(0); // RawMode
            out.i32(sessionKey); // SessionKey
            out.u16(time >>> 16); // ServerTime
            out.u16(time & 0xFFFF); // ServerDate
            out.u16(timeZoneMinutes & 0xFFFF); // ServerTimeZone
            out.u16(challenge.length); // EncryptionKeyLength
            out.u16(0); // Reserved
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            out.bytes(challenge);
            text.asOem().write(out, domain);
        }
    }

    /** MS-CIFS 2.2.4.52.2 for the core protocol, or no dialect: 1 word. */
    record NegotiateCore(int dialectIndex) implements Smb1SessionResponse {
        public static final int NO_DIALECT = 0xFFFF;

        @Override
        public void words(WireWriter out) {
            out.u16(dialectIndex); // DialectIndex
        }
    }

    /**
     * MS-CIFS 2.2.4.53.2 SMB_COM_SESSION_SETUP_ANDX Response, MS-SMB 2.2.4.6.2 Server Response Extensions.
     *
     * @param action {@link SessionSetup#GUEST}
     * @param token null where the log-in is none by tokens
     */
    record SessionSetup(int action, byte[] token, String os, String lanman, String domain)
            implements Smb1SessionResponse {
        public static final int GUEST = 0x1;

        @Override
        public void words(WireWriter out) {
            out.u16(action); // Action
            if (token != null) {
                out.u16(token.length); // SecurityBlobLength
            }
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            if (token != null) {
                out.bytes(token);
            }
            text.write(out, os);
            text.write(out, lanman);
            text.write(out, domain);
        }
    }

    /**
     * MS-CIFS 2.2.4.55.2 SMB_COM_TREE_CONNECT_ANDX Response, MS-SMB 2.2.4.7.2 Server Response Extensions.
     *
     * @param rights null, or the greatest access of the user and of a guest
     */
    record TreeConnect(int optionalSupport, Rights rights, String service, String fileSystem)
            implements Smb1SessionResponse {
        public static final int SEARCH_BITS = 0x1;
        public static final int UNIQUE_FILE_NAMES = 0x10;

        @Override
        public void words(WireWriter out) {
            out.u16(optionalSupport); // OptionalSupport
            if (rights != null) {
                out.i32(rights.maximal()); // MaximalShareAccessRights
                out.i32(rights.guest()); // GuestMaximalShareAccessRights
            }
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            text.asOem().write(out, service);
            text.write(out, fileSystem);
        }
    }

    /** What the longer response of a tree connect says. */
    record Rights(int maximal, int guest) {}

    /** MS-CIFS 2.2.4.50.2 SMB_COM_TREE_CONNECT Response. */
    record TreeConnectCore(int maxBufferSize, int tid) implements Smb1SessionResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(maxBufferSize); // MaxBufferSize
            out.u16(tid); // TID
        }
    }

    /** MS-CIFS 2.2.4.39.2 SMB_COM_ECHO Response. */
    record Echo(int sequenceNumber, ByteBuf data) implements Smb1SessionResponse {
        @Override
        public void words(WireWriter out) {
            out.u16(sequenceNumber); // SequenceNumber
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            out.bytes(data);
        }
    }
}
