package org.smbd.protocol.smb2;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.3 SMB2 NEGOTIATE Request.
 *
 * @param securityMode see {@link SecurityMode}
 * @param capabilities see {@link GlobalCapabilities}
 * @param dialects revisions as sent, among them numbers that this server does not know
 * @param negotiateContexts empty unless the dialects contain 3.1.1
 */
public record NegotiateRequest(
        int securityMode,
        int capabilities,
        Guid clientGuid,
        List<Integer> dialects,
        List<NegotiateContext> negotiateContexts)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 36;

    /** More revisions than there ever were; keeps a list of 65,535 out of memory. */
    static final int DIALECT_COUNT_MAX = 64;

    public NegotiateRequest {
        dialects = List.copyOf(dialects);
        negotiateContexts = List.copyOf(negotiateContexts);
    }

    public static NegotiateRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int dialectCount = in.u16();
        int securityMode = in.u16();
        in.skip(2); // Reserved
        int capabilities = in.i32();
        Guid clientGuid = in.guid();
        long contextOffset = in.u32(); // these eight bytes are ClientStartTime
        int contextCount = in.u16(); // when 3.1.1 is not among the dialects
        in.skip(2); // Reserved2
        List<Integer> dialects = decodeDialects(in, dialectCount);
        List<NegotiateContext> contexts = dialects.contains(Dialect.SMB_3_1_1.revision())
                ? NegotiateContexts.decode(in, contextOffset, contextCount)
                : List.of();
        return new NegotiateRequest(securityMode, capabilities, clientGuid, dialects, contexts);
    }

    /** MS-SMB2 3.3.5.4 Receiving an SMB2 NEGOTIATE Request: a DialectCount of 0 is INVALID_PARAMETER. */
    private static List<Integer> decodeDialects(WireReader in, int count) {
        if (count == 0 || count > DIALECT_COUNT_MAX) {
            throw MalformedMessage.invalidParameter();
        }
        List<Integer> dialects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dialects.add(in.u16());
        }
        return dialects;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(dialects.size());
        out.u16(securityMode);
        out.u16(0); // Reserved
        out.i32(capabilities);
        out.guid(clientGuid);
        int contextFields = out.position();
        out.i64(0); // NegotiateContextOffset, NegotiateContextCount, Reserved2
        dialects.forEach(out::u16);
        if (!negotiateContexts.isEmpty()) {
            out.align(NegotiateContexts.ALIGNMENT);
            out.patchI32(contextFields, out.position());
            out.patchU16(contextFields + 4, negotiateContexts.size());
            NegotiateContexts.encode(negotiateContexts, out);
        }
    }
}
