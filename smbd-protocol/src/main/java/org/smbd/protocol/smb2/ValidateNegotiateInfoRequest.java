package org.smbd.protocol.smb2;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * The input of FSCTL_VALIDATE_NEGOTIATE_INFO: what the client sent in its NEGOTIATE. MS-SMB2 2.2.31.4
 * VALIDATE_NEGOTIATE_INFO Request.
 */
public record ValidateNegotiateInfoRequest(int capabilities, Guid guid, int securityMode, List<Integer> dialects) {
    public ValidateNegotiateInfoRequest {
        dialects = List.copyOf(dialects);
    }

    /** Reads the input; its origin is its first byte. */
    public static ValidateNegotiateInfoRequest decode(WireReader in) {
        int capabilities = in.i32();
        Guid guid = in.guid();
        int securityMode = in.u16();
        int dialectCount = in.u16();
        if (dialectCount > NegotiateRequest.DIALECT_COUNT_MAX) {
            throw MalformedMessage.invalidParameter();
        }
        List<Integer> dialects = new ArrayList<>(dialectCount);
        for (int i = 0; i < dialectCount; i++) {
            dialects.add(in.u16());
        }
        return new ValidateNegotiateInfoRequest(capabilities, guid, securityMode, dialects);
    }

    public void encode(WireWriter out) {
        out.i32(capabilities);
        out.guid(guid);
        out.u16(securityMode);
        out.u16(dialects.size());
        dialects.forEach(out::u16);
    }
}
