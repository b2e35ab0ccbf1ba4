package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * One command of a message: its words and its bytes. MS-CIFS 2.2.3.2 Parameter Block, 2.2.3.3 Data Block. Positions of
 * both readers count from the header of the message.
 */
public final class Smb1Block {
    private final ByteBuf message;
    private final int command;
    private final int wordsStart;
    private final int wordCount;
    private final int bytesStart;
    private final int bytesEnd;

    private Smb1Block(ByteBuf message, int command, int wordsStart, int wordCount, int bytesEnd) {
        this.message = message;
        this.command = command;
        this.wordsStart = wordsStart;
        this.wordCount = wordCount;
        this.bytesStart = wordsStart + 2 * wordCount + 2;
        this.bytesEnd = bytesEnd;
    }

    /**
     * The block that begins at an offset from the header.
     *
     * @param message readable bytes are the message, header first; borrowed
     * @throws MalformedMessage where counts point beyond the message
     */
    public static Smb1Block at(ByteBuf message, int command, int offset) {
        WireReader in = new WireReader(message);
        in.seek(offset);
        int wordCount = in.u8();
        in.skip(2 * wordCount);
        int byteCount = in.u16();
        in.skip(byteCount);
        return new Smb1Block(message, command, offset + 1, wordCount, in.position());
    }

    /** The code of the command. */
    public int command() {
        return command;
    }

    public int wordCount() {
        return wordCount;
    }

    /** Demands so many words. */
    public WireReader words(int expected) {
        if (wordCount != expected) {
            throw MalformedMessage.invalidParameter();
        }
        return words();
    }

    /** The words. */
    public WireReader words() {
        return range(wordsStart, bytesStart - 2);
    }

    /** The words behind those that name the next command. */
    public WireReader andxWords(int expected) {
        WireReader words = words(expected);
        words.skip(4);
        return words;
    }

    /** The bytes. */
    public WireReader bytes() {
        return range(bytesStart, bytesEnd);
    }

    /** Where the bytes end, counted from the header. */
    public int end() {
        return bytesEnd;
    }

    /**
     * What an offset and a length designate; both count the whole message, since large writes have more bytes than
     * ByteCount can say. They begin behind the words.
     *
     * @throws org.smbd.core.status.SmbException INVALID_PARAMETER where they lie elsewhere
     */
    public ByteBuf region(long offset, long length) {
        if (length == 0) {
            return message.slice(message.readerIndex(), 0);
        }
        if (offset < bytesStart || offset > message.readableBytes() || length > message.readableBytes() - offset) {
            throw NtStatus.INVALID_PARAMETER.exception(); // the block is well-formed, what it means is not
        }
        return message.slice(message.readerIndex() + (int) offset, (int) length);
    }

    private WireReader range(int start, int end) {
        WireReader in = new WireReader(message.slice(message.readerIndex(), end));
        in.seek(start);
        return in;
    }
}
