package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.IoctlResponse;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;

/**
 * MS-SMB2 3.3.5.15.12 Handling a Validate Negotiate Info Request: the client repeats its NEGOTIATE, now signed.
 * Whatever differs was changed on the way, and the connection ends.
 */
final class ValidateNegotiateInfo {
    private static final int FIXED_BYTES = 48;

    /** 2.2.32.6 VALIDATE_NEGOTIATE_INFO Response. */
    private static final int OUTPUT_BYTES = 24;

    Reply handle(RequestContext context, IoctlRequest request) {
        Connection connection = context.connection();
        Negotiated negotiated = connection.negotiated();
        if (negotiated.dialect() == Dialect.SMB_3_1_1 // which proves more, and has no need of this
                || request.maxOutputResponse() < OUTPUT_BYTES
                || !matches(negotiated, request.input())) {
            throw MalformedMessage.connection();
        }
        WireWriter out = new WireWriter(context.payload(FIXED_BYTES, OUTPUT_BYTES));
        out.i32(negotiated.serverCapabilities()); // Capabilities
        out.guid(connection.serverGuid()); // Guid
        out.u16(negotiated.serverSecurityMode()); // SecurityMode
        out.u16(negotiated.dialect().revision()); // Dialect
        return Reply.success(IoctlResponse.of(request.ctlCode(), request.fileId(), OUTPUT_BYTES), OUTPUT_BYTES);
    }

    /** 2.2.31.4 VALIDATE_NEGOTIATE_INFO Request. */
    private static boolean matches(Negotiated negotiated, ByteBuf input) {
        try {
            WireReader in = new WireReader(input);
            int capabilities = in.i32(); // Capabilities
            Guid guid = in.guid(); // Guid
            int securityMode = in.u16(); // SecurityMode
            int count = in.u16(); // DialectCount
            List<Integer> dialects = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                dialects.add(in.u16()); // Dialects
            }
            return capabilities == negotiated.clientCapabilities()
                    && guid.equals(negotiated.clientGuid())
                    && securityMode == negotiated.clientSecurityMode()
                    && dialects.equals(negotiated.clientDialects());
        } catch (MalformedMessage tooShort) {
            return false;
        }
    }
}
