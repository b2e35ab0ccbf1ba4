package org.smbd.protocol.smb1;

import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/** Requests that log in and connect. */
@SuppressWarnings("ArrayRecordComponent") // passwords and tokens: read once, never compared
public sealed interface Smb1SessionRequest {
    /**
     * MS-CIFS 2.2.4.53.1 SMB_COM_SESSION_SETUP_ANDX Request, and its shorter form of LANMAN 2.1.
     *
     * @param maxBufferSize longest message that the client takes, in bytes
     * @param vcNumber 0: the client knows of no other connection of its
     * @param oemPassword an LM response, or a password in the clear
     * @param unicodePassword an NTLM response; empty in the shorter form
     * @param capabilities {@link Smb1Capabilities}; 0 in the shorter form
     */
    record SetupWithResponses(
            int maxBufferSize,
            int vcNumber,
            byte[] oemPassword,
            byte[] unicodePassword,
            int capabilities,
            String account,
            String domain)
            implements Smb1SessionRequest {
        private static SetupWithResponses decode(Smb1Block block, Smb1Text text) {
            boolean nt = block.wordCount() == 13;
            WireReader words = block.andxWords(nt ? 13 : 10);
            int maxBufferSize = words.u16();
            words.skip(2); // MaxMpxCount
            int vcNumber = words.u16();
            words.skip(4); // SessionKey
            int oemLength = words.u16();
            int unicodeLength = nt ? words.u16() : 0;
            words.skip(4); // Reserved
            int capabilities = nt ? words.i32() : 0;
            WireReader bytes = block.bytes();
            byte[] oem = bytes.bytes(oemLength);
            byte[] unicode = bytes.bytes(unicodeLength);
            String account = text.read(bytes);
            return new SetupWithResponses(
                    maxBufferSize, vcNumber, oem, unicode, capabilities, account, text.read(bytes));
        }
    }

    /**
     * MS-SMB 2.2.4.6.1 Client Request Extensions: a log-in by GSS tokens.
     *
     * @param maxBufferSize longest message that the client takes, in bytes
     * @param vcNumber 0: the client knows of no other connection of its
     * @param token not empty in honest requests
     */
    record SetupWithToken(int maxBufferSize, int vcNumber, int capabilities, byte[] token)
            implements Smb1SessionRequest {
        private static SetupWithToken decode(Smb1Block block) {
            WireReader words = block.andxWords(12);
            int maxBufferSize = words.u16();
            words.skip(2); // MaxMpxCount
            int vcNumber = words.u16();
            words.skip(4); // SessionKey
            int blobLength = words.u16();
            words.skip(4); // Reserved
            int capabilities = words.i32();
            return new SetupWithToken(
                    maxBufferSize, vcNumber, capabilities, block.bytes().bytes(blobLength));
        }
    }

    /**
     * MS-CIFS 2.2.4.55.1 SMB_COM_TREE_CONNECT_ANDX Request and 2.2.4.50.1 SMB_COM_TREE_CONNECT Request.
     *
     * @param flags of the longer form; 0 in the core one
     * @param path {@code \\server\share}
     * @param service what the client expects the share to be: {@code "A:"}, {@code "IPC"}, {@code "?????"}, ...
     */
    record TreeConnect(int flags, String path, String service) implements Smb1SessionRequest {
        /** Flags: first give up the tree connect of the header. */
        public static final int DISCONNECT_TID = 0x1;
        /** Flags: send the longer response. MS-SMB 2.2.4.7.1. */
        public static final int EXTENDED_RESPONSE = 0x8;

        /** Reads the longer form. */
        public static TreeConnect decodeAndx(Smb1Block block, Smb1Text text) {
            WireReader words = block.andxWords(4);
            int flags = words.u16();
            int passwordLength = words.u16();
            WireReader bytes = block.bytes();
            bytes.skip(passwordLength);
            String path = text.read(bytes);
            return new TreeConnect(flags, path, text.asOem().read(bytes));
        }

        /** Reads the form of the core protocol. */
        public static TreeConnect decodeCore(Smb1Block block, Smb1Text text) {
            block.words(0);
            WireReader bytes = block.bytes();
            String path = text.asOem().readFormatted(bytes);
            text.asOem().readFormatted(bytes); // Password
            return new TreeConnect(0, path, text.asOem().readFormatted(bytes));
        }
    }

    /** Reads SMB_COM_SESSION_SETUP_ANDX, whose forms differ in their number of words. */
    static Smb1SessionRequest decodeSetup(Smb1Block block, Smb1Text text) {
        return switch (block.wordCount()) {
            case 10, 13 -> SetupWithResponses.decode(block, text);
            case 12 -> SetupWithToken.decode(block);
            default -> throw MalformedMessage.invalidParameter();
        };
    }
}
