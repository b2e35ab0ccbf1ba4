package org.smbd.vfs.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.smbd.core.type.Guid;

/**
 * The id of a file that goes with it, and where it came from. MS-FSCC 2.1.3.1 FILE_OBJECTID_BUFFER Type 1.
 *
 * @param objectId File.ObjectId, not zero
 * @param birthVolumeId File.BirthVolumeId
 * @param birthObjectId File.BirthObjectId
 * @param domainId File.DomainId
 */
public record ObjectId(Guid objectId, Guid birthVolumeId, Guid birthObjectId, Guid domainId) {
    private static final int SIZE_BYTES = 64;

    /** The bytes to keep with the file: those of the wire. */
    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Guid guid : new Guid[] {objectId, birthVolumeId, birthObjectId, domainId}) {
            out.putLong(guid.low()).putLong(guid.high());
        }
        return out.array();
    }

    /** What was kept; empty if it is damaged. */
    static Optional<ObjectId> ofBytes(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Guid objectId = guid(in);
        return objectId.isZero() ? Optional.empty() : Optional.of(new ObjectId(objectId, guid(in), guid(in), guid(in)));
    }

    private static Guid guid(ByteBuffer in) {
        return new Guid(in.getLong(), in.getLong());
    }
}
