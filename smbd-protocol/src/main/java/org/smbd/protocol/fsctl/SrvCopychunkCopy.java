package org.smbd.protocol.fsctl;

import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.31.1 SRV_COPYCHUNK_COPY.
 *
 * @param sourceKey of the open to copy from
 * @param chunkCount as the client says, unsigned
 * @param chunks the chunks that are there: fewer than it says if the input is cut or the count beyond the limit
 */
public record SrvCopychunkCopy(ResumeKey sourceKey, long chunkCount, List<Chunk> chunks) {
    /** ServerSideCopyMaxNumberofChunks. MS-SMB2 3.3.3 Initialization. */
    public static final int CHUNKS_MAX = 256;

    /**
     * MS-SMB2 2.2.31.1.1 SRV_COPYCHUNK.
     *
     * @param length in bytes, unsigned
     */
    public record Chunk(long sourceOffset, long targetOffset, long length) {
        static final int SIZE_BYTES = 24;
    }

    public SrvCopychunkCopy {
        chunks = List.copyOf(chunks);
    }

    /** Whether all chunks are there that the client says. */
    public boolean isComplete() {
        return chunks.size() == chunkCount;
    }

    /** Reads the input: never more chunks than the limit. */
    public static SrvCopychunkCopy decode(WireReader in) {
        ResumeKey sourceKey = ResumeKey.decodeKey(in);
        long chunkCount = in.u32();
        in.skip(4); // Reserved
        long there = Math.min(Math.min(chunkCount, CHUNKS_MAX), in.remaining() / Chunk.SIZE_BYTES);
        List<Chunk> chunks = new ArrayList<>((int) there);
        for (int i = 0; i < there; i++) {
            chunks.add(new Chunk(in.i64(), in.i64(), in.u32()));
            in.skip(4); // Reserved
        }
        return new SrvCopychunkCopy(sourceKey, chunkCount, chunks);
    }

    public void encode(WireWriter out) {
        sourceKey.encodeKey(out);
        out.i32((int) chunkCount);
        out.i32(0); // Reserved
        for (Chunk chunk : chunks) {
            out.i64(chunk.sourceOffset());
            out.i64(chunk.targetOffset());
            out.i32((int) chunk.length());
            out.i32(0); // Reserved
        }
    }
}
