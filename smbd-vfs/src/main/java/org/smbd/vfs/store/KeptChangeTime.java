package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A ChangeTime that a client has set: the host cannot set its own.
 *
 * <p>It holds until the file changes again. Keeping it changes the host's change time, too, to a moment that is not
 * known beforehand; so a limit a little behind the present is kept with it, and the time of the last write: while the
 * host shows no later change than the limit and the same last write, nothing else has happened.
 *
 * @param value the ChangeTime, FILETIME ticks
 * @param limit latest change time of the host with which it still holds
 * @param lastWriteTime of the file when it was set
 */
record KeptChangeTime(long value, long limit, long lastWriteTime) {
    /** What the host's clock may go on while the attribute is written: 4 ms, a tick of most kernels. */
    private static final long SLACK_TICKS = 40_000;

    private static final int LENGTH = 24;

    /** The ChangeTime {@code value}, set on a file that has the facts {@code now}. */
    static KeptChangeTime at(long value, StoreStat now) {
        long present = org.smbd.core.type.FileTime.of(java.time.Instant.now());
        return new KeptChangeTime(value, Math.max(now.changeTime(), present) + SLACK_TICKS, now.lastWriteTime());
    }

    boolean isValid(StoreStat stat) {
        return stat.changeTime() <= limit && stat.lastWriteTime() == lastWriteTime;
    }

    byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .putLong(limit)
                .putLong(lastWriteTime)
                .array();
    }

    static Optional<KeptChangeTime> decode(byte[] bytes) {
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(new KeptChangeTime(in.getLong(), in.getLong(), in.getLong()));
    }
}
