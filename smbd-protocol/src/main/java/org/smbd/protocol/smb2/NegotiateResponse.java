package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.4 SMB2 NEGOTIATE Response.
 *
 * @param securityMode see {@link SecurityMode}
 * @param dialectRevision of a {@link Dialect}, or {@link Dialect#WILDCARD_REVISION}
 * @param capabilities see {@link GlobalCapabilities}
 * @param maxTransactSize in bytes
 * @param maxReadSize in bytes
 * @param maxWriteSize in bytes
 * @param systemTime FILETIME
 * @param serverStartTime FILETIME, or 0
 * @param securityBuffer a GSS token, borrowed; may be empty
 * @param negotiateContexts empty unless the dialect is 3.1.1
 */
public record NegotiateResponse(
        int securityMode,
        int dialectRevision,
        Guid serverGuid,
        int capabilities,
        int maxTransactSize,
        int maxReadSize,
        int maxWriteSize,
        long systemTime,
        long serverStartTime,
        ByteBuf securityBuffer,
        List<NegotiateContext> negotiateContexts)
        implements Smb2Response {
    static final int STRUCTURE_SIZE = 65;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 64;

    public NegotiateResponse {
        negotiateContexts = List.copyOf(negotiateContexts);
    }

    public static NegotiateResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int securityMode = in.u16();
        int dialectRevision = in.u16();
        int contextCount = in.u16();
        Guid serverGuid = in.guid();
        int capabilities = in.i32();
        int maxTransactSize = in.i32();
        int maxReadSize = in.i32();
        int maxWriteSize = in.i32();
        long systemTime = in.i64();
        long serverStartTime = in.i64();
        int bufferOffset = in.u16();
        int bufferLength = in.u16();
        long contextOffset = in.u32();
        ByteBuf securityBuffer = in.region(bufferOffset, bufferLength).rest();
        List<NegotiateContext> contexts = dialectRevision == Dialect.SMB_3_1_1.revision()
                ? NegotiateContexts.decode(in, contextOffset, contextCount)
                : List.of();
        return new NegotiateResponse(
                securityMode,
                dialectRevision,
                serverGuid,
                capabilities,
                maxTransactSize,
                maxReadSize,
                maxWriteSize,
                systemTime,
                serverStartTime,
                securityBuffer,
                contexts);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(securityMode);
        out.u16(dialectRevision);
        out.u16(negotiateContexts.size());
        out.guid(serverGuid);
        out.i32(capabilities);
        out.i32(maxTransactSize);
        out.i32(maxReadSize);
        out.i32(maxWriteSize);
        out.i64(systemTime);
        out.i64(serverStartTime);
        out.u16(BUFFER_OFFSET);
        out.u16(securityBuffer.readableBytes());
        int contextOffset = out.position();
        out.i32(0); // NegotiateContextOffset
        out.bytes(securityBuffer);
        if (!negotiateContexts.isEmpty()) {
            out.align(NegotiateContexts.ALIGNMENT);
            out.patchI32(contextOffset, out.position());
            NegotiateContexts.encode(negotiateContexts, out);
        }
    }
}
