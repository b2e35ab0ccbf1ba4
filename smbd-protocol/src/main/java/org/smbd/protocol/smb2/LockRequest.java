package org.smbd.protocol.smb2;

import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.26 SMB2 LOCK Request.
 *
 * @param lockSequence number in the low 4 bits, index in the others; reserved in 2.0.2
 * @param locks at least one
 */
public record LockRequest(int lockSequence, FileId fileId, List<LockElement> locks) implements Smb2Request {
    static final int STRUCTURE_SIZE = 48;

    public LockRequest {
        locks = List.copyOf(locks);
    }

    public static LockRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int lockCount = in.u16();
        int lockSequence = in.i32();
        FileId fileId = FileId.decode(in);
        if (lockCount == 0 || lockCount * LockElement.SIZE_BYTES > in.remaining()) {
            throw MalformedMessage.invalidParameter();
        }
        List<LockElement> locks = new ArrayList<>(lockCount);
        for (int i = 0; i < lockCount; i++) {
            locks.add(LockElement.decode(in));
        }
        return new LockRequest(lockSequence, fileId, locks);
    }

    public int lockSequenceNumber() {
        return lockSequence & 0xF;
    }

    /** 0 is reserved: no sequence. */
    public int lockSequenceIndex() {
        return lockSequence >>> 4;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(locks.size());
        out.i32(lockSequence);
        fileId.encode(out);
        locks.forEach(lock -> lock.encode(out));
    }
}
