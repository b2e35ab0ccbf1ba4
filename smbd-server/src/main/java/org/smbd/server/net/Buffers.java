package org.smbd.server.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Where the buffers of frames come from: pooled direct memory, in chunks that hold several of the longest common
 * frames.
 *
 * <p>Netty's default pools no buffer above 1 MiB, and a READ response of 1 MiB is that plus its headers: each one would
 * be mapped, zeroed by the kernel and unmapped again, which costs more than reading the file.
 */
final class Buffers {
    private static final int PAGE_BYTES = 8 * 1024;

    /** Chunks of 16 MiB: the page size, doubled so often. */
    private static final int CHUNK_ORDER = 11;

    /** Nothing but the two threads of a hand-over meets on an arena, so few are enough, and each keeps a chunk. */
    private static final int ARENAS = Math.max(2, Runtime.getRuntime().availableProcessors());

    static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(true, 0, ARENAS, PAGE_BYTES, CHUNK_ORDER, 256, 64, false);

    private Buffers() {}
}
