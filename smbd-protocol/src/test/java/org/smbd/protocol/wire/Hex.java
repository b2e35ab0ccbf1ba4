package org.smbd.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Bytes of test vectors; blanks and bars between digits are for the reader. */
public final class Hex {
    private Hex() {}

    public static ByteBuf bytes(String digits) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(digits.replaceAll("[\\s|]", "")));
    }

    /** The digits of what is written, behind so many zero bytes that stand for a header. */
    public static String written(int headerBytes, Consumer<WireWriter> encode) {
        ByteBuf buffer = Unpooled.buffer();
        WireWriter out = new WireWriter(buffer);
        out.zeros(headerBytes);
        encode.accept(out);
        return ByteBufUtil.hexDump(buffer.skipBytes(headerBytes));
    }

    /** A reader that stands behind a header of so many zero bytes. */
    public static WireReader reader(int headerBytes, ByteBuf body) {
        WireReader in = new WireReader(Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(new byte[headerBytes]), body));
        in.skip(headerBytes);
        return in;
    }

    public static String digits(ByteBuf bytes) {
        return ByteBufUtil.hexDump(bytes);
    }
}
