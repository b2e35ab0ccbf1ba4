package org.smbd.protocol.fsctl;

import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-FSCC 2.1.3.1 FILE_OBJECTID_BUFFER Type 1. */
public record ObjectIdBuffer(Guid objectId, Guid birthVolumeId, Guid birthObjectId, Guid domainId) {
    public static final int SIZE_BYTES = 64;

    private static final int EXTENDED_BYTES = 48;

    /** Reads the input of FSCTL_SET_OBJECT_ID, of exactly this size. */
    public static ObjectIdBuffer decode(WireReader in) {
        requireExactly(in, SIZE_BYTES);
        return new ObjectIdBuffer(in.guid(), in.guid(), in.guid(), in.guid());
    }

    /** Reads the input of FSCTL_SET_OBJECT_ID_EXTENDED: MS-FSCC 2.3.79; the ObjectId is zero. */
    public static ObjectIdBuffer decodeExtended(WireReader in) {
        requireExactly(in, EXTENDED_BYTES);
        return new ObjectIdBuffer(Guid.ZERO, in.guid(), in.guid(), in.guid());
    }

    private static void requireExactly(WireReader in, int sizeBytes) {
        if (in.remaining() != sizeBytes) {
            throw MalformedMessage.invalidParameter();
        }
    }

    public void encode(WireWriter out) {
        out.guid(objectId);
        encodeExtended(out);
    }

    public void encodeExtended(WireWriter out) {
        out.guid(birthVolumeId);
        out.guid(birthObjectId);
        out.guid(domainId);
    }
}
