package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireWriter;

/** A block of golden bytes, and what it means. */
record Smb1Vector(
        String name,
        int wordCount,
        String words,
        String bytes,
        BiFunction<Smb1Block, Smb1Text, ?> decode,
        Object means) {
    static final Smb1Text UNICODE = new Smb1Text(true, Charset.forName("IBM850"));
    static final Smb1Text OEM = new Smb1Text(false, Charset.forName("IBM850"));

    /** UTF-16LE text and its NUL. */
    static String utf16(String text) {
        return ByteBufUtil.hexDump((text + "\0").getBytes(StandardCharsets.UTF_16LE));
    }

    /** OEM text and its NUL. */
    static String oem(String text) {
        return ByteBufUtil.hexDump((text + "\0").getBytes(OEM.oem()));
    }

    /** A whole message: a header of zeros, and this block. */
    ByteBuf message() {
        ByteBuf message = Unpooled.buffer();
        WireWriter out = new WireWriter(message);
        out.zeros(Smb1Header.SIZE_BYTES);
        out.u8(wordCount);
        ByteBuf wordBytes = Hex.bytes(words);
        out.bytes(wordBytes);
        ByteBuf blockBytes = Hex.bytes(bytes);
        out.u16(blockBytes.readableBytes());
        out.bytes(blockBytes);
        return message;
    }

    Object decoded(ByteBuf message, Smb1Text text) {
        return decode.apply(Smb1Block.at(message, 0, Smb1Header.SIZE_BYTES), text);
    }

    @Override
    public String toString() {
        return name;
    }
}
