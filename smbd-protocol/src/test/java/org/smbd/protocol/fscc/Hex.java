package org.smbd.protocol.fscc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.smbd.protocol.wire.WireReader;

/** Golden bytes as text; blanks and line ends separate fields. */
public final class Hex {
    private Hex() {}

    public static ByteBuf buffer(String text) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(text.replaceAll("\\s", "")));
    }

    public static WireReader reader(String text) {
        return new WireReader(buffer(text));
    }

    /** The readable bytes without blanks. */
    public static String of(ByteBuf buffer) {
        return ByteBufUtil.hexDump(buffer);
    }

    /** Golden text in the form of {@link #of}. */
    public static String plain(String text) {
        return text.replaceAll("\\s", "");
    }

    /** UTF-16LE as golden text. */
    public static String utf16(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16LE));
    }
}
