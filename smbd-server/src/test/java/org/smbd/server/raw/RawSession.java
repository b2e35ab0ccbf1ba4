package org.smbd.server.raw;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.smbd.protocol.crypto.CryptoProvider;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.KeyDerivation;
import org.smbd.protocol.crypto.MessageCipher;
import org.smbd.protocol.crypto.PreauthHash;
import org.smbd.protocol.crypto.Sender;
import org.smbd.protocol.crypto.SessionKeys;
import org.smbd.protocol.crypto.Signer;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.frame.TransformHeader;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.WireWriter;

/** The keys of one session, as its client has them. */
final class RawSession {
    /** How a client protects what it sends. */
    enum Protection {
        PLAIN,
        SIGNED,
        SEALED
    }

    private static final CryptoProvider CRYPTO = CryptoProvider.jdk();

    private final long id;
    private final Signer signer;
    private final Optional<MessageCipher> sealing;
    private final Optional<MessageCipher> opening;
    private final int flags;
    Protection protection = Protection.SIGNED;
    int treeId;

    RawSession(
            long id,
            int flags,
            Dialect dialect,
            SigningAlgorithm signing,
            Optional<EncryptionAlgorithm> cipher,
            byte[] sessionKey,
            PreauthHash preauth) {
        SessionKeys keys = keys(dialect, cipher, sessionKey, preauth);
        this.id = id;
        this.flags = flags;
        this.signer = CRYPTO.signer(signing, keys.signing());
        this.sealing = cipher.map(algorithm -> CRYPTO.messageCipher(algorithm, keys.decryption()));
        this.opening = cipher.map(algorithm -> CRYPTO.messageCipher(algorithm, keys.encryption()));
    }

    private RawSession(RawSession other, Signer signer) {
        this.id = other.id;
        this.flags = other.flags;
        this.treeId = other.treeId;
        this.protection = other.protection;
        this.signer = signer;
        this.sealing = other.sealing;
        this.opening = other.opening;
    }

    /** The same session over another connection: it is signed with another key, and sealed with the same. */
    RawSession channel(Dialect dialect, SigningAlgorithm signing, byte[] sessionKey, PreauthHash preauth) {
        return new RawSession(
                this,
                CRYPTO.signer(
                        signing,
                        keys(dialect, Optional.empty(), sessionKey, preauth).signing()));
    }

    private static SessionKeys keys(
            Dialect dialect, Optional<EncryptionAlgorithm> cipher, byte[] sessionKey, PreauthHash preauth) {
        return switch (dialect) {
            case SMB_2_0_2, SMB_2_1 -> KeyDerivation.smb2(sessionKey);
            case SMB_3_0, SMB_3_0_2 -> KeyDerivation.smb30(sessionKey);
            case SMB_3_1_1 -> KeyDerivation.smb311(sessionKey, cipher, preauth);
        };
    }

    long id() {
        return id;
    }

    /** SessionFlags of the last SESSION_SETUP response. */
    int flags() {
        return flags;
    }

    /** Signs a message of the client. */
    ByteBuf sign(ByteBuf message) {
        Smb2Header.addFlags(message, 0, Smb2Flags.SIGNED);
        signer.sign(message, 0, message.readableBytes(), Sender.CLIENT);
        return message;
    }

    /** Whether the server has signed a message. */
    boolean verify(ByteBuf message) {
        return signer.verify(message, 0, message.readableBytes(), Sender.SERVER);
    }

    /** Seals messages of the client. */
    ByteBuf seal(ByteBuf message) {
        return sealFor(id, message);
    }

    /** Seals messages with the keys of this session, and names another. */
    ByteBuf sealFor(long sessionId, ByteBuf message) {
        int bytes = message.readableBytes();
        ByteBuf frame = Unpooled.buffer(TransformHeader.SIZE_BYTES + bytes + MessageCipher.ROOM_BYTES);
        new TransformHeader(bytes, sessionId).encode(new WireWriter(frame));
        frame.writeBytes(message);
        sealing.orElseThrow().seal(frame, 0, bytes);
        return frame;
    }

    /** Opens a message of the server in place; false if it was not sealed with this session's keys. */
    boolean open(ByteBuf frame, int messageBytes) {
        return opening.orElseThrow().open(frame, 0, messageBytes);
    }

    /** Does to a message what the client does to all. */
    ByteBuf protect(ByteBuf message) {
        return switch (protection) {
            case PLAIN -> message;
            case SIGNED -> sign(message);
            case SEALED -> seal(message);
        };
    }
}
