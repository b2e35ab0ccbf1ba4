package org.smbd.protocol.smb2;

import java.util.List;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.13 SMB2 CREATE Request. SecurityFlags and SmbCreateFlags are reserved.
 *
 * @param requestedOplockLevel see {@link OplockLevel}
 * @param impersonationLevel 0 to 3; whether it is one is for the receiver to check
 * @param createDisposition as on the wire
 * @param name relative to the share, as sent: it may hold anything
 */
public record CreateRequest(
        int requestedOplockLevel,
        int impersonationLevel,
        int desiredAccess,
        int fileAttributes,
        int shareAccess,
        int createDisposition,
        int createOptions,
        String name,
        List<CreateContext> createContexts)
        implements Smb2Request {
    static final int STRUCTURE_SIZE = 57;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 56;

    /** ImpersonationLevel: the highest that there is, Delegate. */
    public static final int IMPERSONATION_LEVEL_MAX = 3;

    public CreateRequest {
        createContexts = List.copyOf(createContexts);
    }

    public static CreateRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        in.skip(1); // SecurityFlags
        int requestedOplockLevel = in.u8();
        int impersonationLevel = in.i32();
        in.skip(8); // SmbCreateFlags
        in.skip(8); // Reserved
        int desiredAccess = in.i32();
        int fileAttributes = in.i32();
        int shareAccess = in.i32();
        int createDisposition = in.i32();
        int createOptions = in.i32();
        int nameOffset = in.u16();
        int nameLength = in.u16();
        long contextsOffset = in.u32();
        long contextsLength = in.u32();
        return new CreateRequest(
                requestedOplockLevel,
                impersonationLevel,
                desiredAccess,
                fileAttributes,
                shareAccess,
                createDisposition,
                createOptions,
                in.region(nameOffset, nameLength).utf16(nameLength),
                CreateContextChain.decode(in.region(contextsOffset, contextsLength), CreateContext::decode));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(0); // SecurityFlags
        out.u8(requestedOplockLevel);
        out.i32(impersonationLevel);
        out.i64(0); // SmbCreateFlags
        out.i64(0); // Reserved
        out.i32(desiredAccess);
        out.i32(fileAttributes);
        out.i32(shareAccess);
        out.i32(createDisposition);
        out.i32(createOptions);
        out.u16(BUFFER_OFFSET);
        out.u16(2 * name.length());
        int contextFields = out.position();
        out.i32(0); // CreateContextsOffset
        out.i32(0); // CreateContextsLength
        out.utf16(name);
        if (name.isEmpty()) {
            out.i64(0); // Buffer has at least one byte
        }
        CreateContextChain.encode(createContexts, contextFields, out);
    }
}
