package org.smbd.protocol.smb2;

import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** The list of contexts of a NEGOTIATE. MS-SMB2 2.2.3 SMB2 NEGOTIATE Request, NegotiateContextList. */
final class NegotiateContexts {
    static final int ALIGNMENT = 8;

    /** Clients send fewer than ten; each costs an object before log-in. */
    static final int COUNT_MAX = 64;

    private NegotiateContexts() {}

    /** Reads the contexts; the reader stands behind the structure's fixed part. */
    static List<NegotiateContext> decode(WireReader in, long offset, int count) {
        if (count == 0) {
            return List.of();
        }
        if (count > COUNT_MAX || offset % ALIGNMENT != 0 || offset < in.position()) {
            throw MalformedMessage.invalidParameter();
        }
        in.seek(offset);
        List<NegotiateContext> contexts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.align(ALIGNMENT);
            int contextType = in.u16();
            int dataLength = in.u16();
            in.skip(4); // Reserved
            contexts.add(NegotiateContext.decode(contextType, in.subReader(dataLength)));
        }
        return contexts;
    }

    /** Appends the contexts; the writer is aligned. There is no padding behind the last. */
    static void encode(List<NegotiateContext> contexts, WireWriter out) {
        for (NegotiateContext context : contexts) {
            out.align(ALIGNMENT);
            out.u16(context.contextType());
            int dataLength = out.position();
            out.u16(0); // DataLength
            out.i32(0); // Reserved
            int data = out.position();
            context.encodeData(out);
            out.patchU16(dataLength, out.position() - data);
        }
    }
}
