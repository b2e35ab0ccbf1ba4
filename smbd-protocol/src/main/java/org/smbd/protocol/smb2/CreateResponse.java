package org.smbd.protocol.smb2;

import java.util.List;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.14 SMB2 CREATE Response.
 *
 * @param oplockLevel see {@link OplockLevel}
 * @param flags {@link #FLAG_REPARSEPOINT} or 0
 * @param createAction what was done: value of a core CreateAction
 * @param creationTime FILETIME, as the three that follow
 * @param allocationSize in bytes
 * @param endOfFile in bytes
 */
public record CreateResponse(
        int oplockLevel,
        int flags,
        int createAction,
        long creationTime,
        long lastAccessTime,
        long lastWriteTime,
        long changeTime,
        long allocationSize,
        long endOfFile,
        int fileAttributes,
        FileId fileId,
        List<CreateContextResponse> createContexts)
        implements Smb2Response {
    static final int STRUCTURE_SIZE = 89;

    public static final int FLAG_REPARSEPOINT = 0x01;

    public CreateResponse {
        createContexts = List.copyOf(createContexts);
    }

    public static CreateResponse decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int oplockLevel = in.u8();
        int flags = in.u8();
        int createAction = in.i32();
        long creationTime = in.i64();
        long lastAccessTime = in.i64();
        long lastWriteTime = in.i64();
        long changeTime = in.i64();
        long allocationSize = in.i64();
        long endOfFile = in.i64();
        int fileAttributes = in.i32();
        in.skip(4); // Reserved2
        FileId fileId = FileId.decode(in);
        long contextsOffset = in.u32();
        long contextsLength = in.u32();
        return new CreateResponse(
                oplockLevel,
                flags,
                createAction,
                creationTime,
                lastAccessTime,
                lastWriteTime,
                changeTime,
                allocationSize,
                endOfFile,
                fileAttributes,
                fileId,
                CreateContextChain.decode(in.region(contextsOffset, contextsLength), CreateContextResponse::decode));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u8(oplockLevel);
        out.u8(flags);
        out.i32(createAction);
        out.i64(creationTime);
        out.i64(lastAccessTime);
        out.i64(lastWriteTime);
        out.i64(changeTime);
        out.i64(allocationSize);
        out.i64(endOfFile);
        out.i32(fileAttributes);
        out.i32(0); // Reserved2
        fileId.encode(out);
        int contextFields = out.position();
        out.i32(0); // CreateContextsOffset
        out.i32(0); // CreateContextsLength
        CreateContextChain.encode(createContexts, contextFields, out);
    }
}
