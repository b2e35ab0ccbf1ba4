package org.smbd.protocol.smb2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** The chain of contexts of a CREATE. MS-SMB2 2.2.13.2 SMB2_CREATE_CONTEXT Request Values. */
final class CreateContextChain {
    /** Clients send fewer than ten. */
    static final int COUNT_MAX = 64;

    private static final int ALIGNMENT = 8;
    private static final int FIXED_BYTES = 16;
    private static final int NAME_BYTES_MIN = 4;

    /** Makes a context of its name and data. */
    @FunctionalInterface
    interface Decoder<T> {
        T decode(String name, WireReader data);
    }

    private CreateContextChain() {}

    /** Reads all contexts; the reader is bounded by CreateContextsLength. */
    static <T> List<T> decode(WireReader in, Decoder<T> decoder) {
        List<T> contexts = new ArrayList<>();
        long next = in.remaining();
        while (next != 0) {
            if (contexts.size() == COUNT_MAX) {
                throw MalformedMessage.invalidParameter();
            }
            WireReader rest = in.subReader(in.remaining());
            next = rest.u32();
            if (next != 0 && (next % ALIGNMENT != 0 || next < FIXED_BYTES || next > rest.length())) {
                throw MalformedMessage.invalidParameter();
            }
            rest.seek(0);
            WireReader context = rest.subReader(next == 0 ? rest.length() : next);
            contexts.add(decodeOne(context, decoder));
            in = rest;
        }
        return contexts;
    }

    private static <T> T decodeOne(WireReader in, Decoder<T> decoder) {
        in.skip(4); // Next
        int nameOffset = in.u16();
        int nameLength = in.u16();
        in.skip(2); // Reserved
        int dataOffset = in.u16();
        long dataLength = in.u32();
        if (nameLength < NAME_BYTES_MIN) {
            throw MalformedMessage.invalidParameter();
        }
        String name = new String(in.region(nameOffset, nameLength).bytes(nameLength), StandardCharsets.ISO_8859_1);
        return decoder.decode(name, in.region(dataOffset, dataLength));
    }

    /** Appends the chain, aligned, and patches the offset and length fields that stand at a position. */
    static void encode(List<? extends CreateContextData> contexts, int fields, WireWriter out) {
        if (contexts.isEmpty()) {
            return;
        }
        out.align(ALIGNMENT);
        int start = out.position();
        int previous = -1;
        for (CreateContextData context : contexts) {
            out.align(ALIGNMENT);
            if (previous >= 0) {
                out.patchI32(previous, out.position() - previous); // Next
            }
            previous = out.position();
            encodeOne(context, out);
        }
        out.patchI32(fields, start);
        out.patchI32(fields + 4, out.position() - start);
    }

    private static void encodeOne(CreateContextData context, WireWriter out) {
        int start = out.position();
        byte[] name = context.name().getBytes(StandardCharsets.ISO_8859_1);
        out.i32(0); // Next
        out.u16(FIXED_BYTES); // NameOffset
        out.u16(name.length);
        out.u16(0); // Reserved
        out.u16(0); // DataOffset
        out.i32(0); // DataLength
        out.bytes(name);
        int nameEnd = out.position();
        out.align(ALIGNMENT);
        int data = out.position();
        context.encodeData(out);
        if (out.position() > data) {
            out.patchU16(start + 10, data - start);
            out.patchI32(start + 12, out.position() - data);
        } else {
            out.truncate(nameEnd);
        }
    }
}
