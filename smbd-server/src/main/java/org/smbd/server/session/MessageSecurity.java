package org.smbd.server.session;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.smbd.protocol.crypto.MessageCipher;
import org.smbd.protocol.crypto.Sender;
import org.smbd.protocol.crypto.Signer;
import org.smbd.protocol.frame.TransformHeader;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * Signs and seals the messages of one session: Session.SigningKey, Session.EncryptionKey and Session.DecryptionKey of
 * MS-SMB2 3.3.1.8 Per Session. Safe for many threads at once.
 *
 * @param signer empty for guests, who share no key with the server
 * @param sealing encrypts what the server sends; empty where nothing can be encrypted
 * @param opening decrypts what the client sends; empty where nothing can be encrypted
 */
public record MessageSecurity(
        Optional<Signer> signer, Optional<MessageCipher> sealing, Optional<MessageCipher> opening) {
    /** No keys. */
    public static final MessageSecurity NONE =
            new MessageSecurity(Optional.empty(), Optional.empty(), Optional.empty());

    /** The same without encryption. */
    public MessageSecurity withoutSealing() {
        return new MessageSecurity(signer, Optional.empty(), Optional.empty());
    }

    public boolean canSign() {
        return signer.isPresent();
    }

    public boolean canSeal() {
        return sealing.isPresent();
    }

    /** Signs the message that begins at {@code index}; only if there is a key. */
    public void sign(ByteBuf buffer, int index, int messageBytes) {
        signer.orElseThrow().sign(buffer, index, messageBytes, Sender.SERVER);
    }

    /** Whether the client signed the message that begins at {@code index}; only if there is a key. */
    public boolean verify(ByteBuf buffer, int index, int messageBytes) {
        return signer.orElseThrow().verify(buffer, index, messageBytes, Sender.CLIENT);
    }

    /**
     * Seals a message in place; only if there is a key.
     *
     * @param index where the transform header goes; the message stands behind its 52 bytes
     */
    public void seal(long sessionId, ByteBuf buffer, int index, int messageBytes) {
        int end = buffer.writerIndex();
        buffer.setIndex(index, index);
        new TransformHeader(messageBytes, sessionId).encode(new WireWriter(buffer));
        buffer.writerIndex(end);
        sealing.orElseThrow().seal(buffer, index, messageBytes);
    }

    /** Opens a sealed frame in place and moves its reader index to the message; false if it was not sealed for us. */
    public boolean open(ByteBuf frame) {
        if (opening.isEmpty()) {
            return false;
        }
        TransformHeader header = TransformHeader.decode(new WireReader(frame));
        int index = frame.readerIndex();
        frame.readerIndex(index + TransformHeader.SIZE_BYTES);
        return opening.get().open(frame, index, header.originalMessageSize());
    }
}
