package org.smbd.server.persistent;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.smbd.core.type.Guid;

/** Entries of the journal as bytes, big-endian: kind, id, and what the kind has. */
final class ChangeCodec {
    private static final int OPENED = 1;
    private static final int LOCKS = 2;
    private static final int MOVED = 3;
    private static final int DELETE_PENDING = 4;
    private static final int CLOSED = 5;
    private static final int LOCK_BYTES = 17;
    private static final int FIXED_BYTES_MAX = 256;

    private ChangeCodec() {}

    /**
     * An entry that was read.
     *
     * @param persistentId of the open that it is about
     */
    record Entry(long persistentId, Change change) {}

    static byte[] encode(long persistentId, Change change) {
        ByteBuffer out = ByteBuffer.allocate(sizeMax(change));
        if (change instanceof Change.Opened opened) {
            out.put((byte) OPENED).putLong(persistentId);
            putText(out, opened.path());
            put(out, opened.description());
        } else if (change instanceof Change.Locks locks) {
            out.put((byte) LOCKS).putLong(persistentId);
            out.put((byte) locks.sequence().index()).put((byte) locks.sequence().number());
            put(out, locks.added());
            put(out, locks.removed());
        } else if (change instanceof Change.Moved moved) {
            out.put((byte) MOVED).putLong(persistentId);
            putText(out, moved.path());
        } else if (change instanceof Change.DeletePending pending) {
            out.put((byte) DELETE_PENDING).putLong(persistentId);
            putFlag(out, pending.pending());
        } else {
            out.put((byte) CLOSED).putLong(persistentId);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int sizeMax(Change change) {
        int more = 0;
        if (change instanceof Change.Opened opened) {
            OpenDescription open = opened.description();
            more = bytes(opened.path()).length + bytes(open.account()).length + bytes(open.share()).length;
        } else if (change instanceof Change.Moved moved) {
            more = bytes(moved.path()).length;
        } else if (change instanceof Change.Locks locks) {
            more = LOCK_BYTES * (locks.added().size() + locks.removed().size());
        }
        return FIXED_BYTES_MAX + more;
    }

    /** Reads an entry that was found whole; empty if it makes no sense. */
    static Optional<Entry> decode(ByteBuffer in) {
        try {
            int kind = in.get();
            long id = in.getLong();
            Change change = switch (kind) {
                case OPENED -> {
                    String path = text(in);
                    yield new Change.Opened(description(id, in), path);
                }
                case LOCKS -> new Change.Locks(new LockSequence(in.get(), in.get()), locks(in), locks(in));
                case MOVED -> new Change.Moved(text(in));
                case DELETE_PENDING -> new Change.DeletePending(in.get() != 0);
                case CLOSED -> new Change.Closed();
                default -> null;
            };
            return change == null || in.hasRemaining() ? Optional.empty() : Optional.of(new Entry(id, change));
        } catch (BufferUnderflowException tooShort) {
            return Optional.empty();
        }
    }

    private static void put(ByteBuffer out, OpenDescription open) {
        put(out, open.createGuid());
        put(out, open.client());
        putText(out, open.account());
        out.put((byte) open.address().length).put(open.address());
        putText(out, open.share());
        out.putInt(open.desiredAccess()).putInt(open.grantedAccess()).putInt(open.shareAccess());
        out.putInt(open.createOptions()).putLong(open.timeoutMillis()).putInt(open.createAction());
        OpenDescription.Cache cache = open.cache();
        out.putInt(cache.state());
        put(out, cache.leaseKey());
        put(out, cache.parentKey());
        out.putInt(cache.version()).putInt(cache.epoch());
    }

    private static OpenDescription description(long id, ByteBuffer in) {
        return new OpenDescription(
                id,
                guid(in),
                guid(in),
                text(in),
                octets(in, in.get() & 0xFF),
                text(in),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getLong(),
                in.getInt(),
                new OpenDescription.Cache(in.getInt(), optionalGuid(in), optionalGuid(in), in.getInt(), in.getInt()));
    }

    private static void put(ByteBuffer out, List<HeldLock> locks) {
        out.putInt(locks.size());
        for (HeldLock lock : locks) {
            out.putLong(lock.offset()).putLong(lock.length());
            putFlag(out, lock.exclusive());
        }
    }

    private static List<HeldLock> locks(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / LOCK_BYTES) {
            throw new BufferUnderflowException();
        }
        List<HeldLock> locks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            locks.add(new HeldLock(in.getLong(), in.getLong(), in.get() != 0));
        }
        return locks;
    }

    private static void put(ByteBuffer out, Guid guid) {
        out.putLong(guid.low()).putLong(guid.high());
    }

    private static Guid guid(ByteBuffer in) {
        return new Guid(in.getLong(), in.getLong());
    }

    private static void put(ByteBuffer out, Optional<Guid> guid) {
        putFlag(out, guid.isPresent());
        put(out, guid.orElse(Guid.ZERO));
    }

    private static Optional<Guid> optionalGuid(ByteBuffer in) {
        boolean present = in.get() != 0;
        Guid guid = guid(in);
        return present ? Optional.of(guid) : Optional.empty();
    }

    private static void putFlag(ByteBuffer out, boolean flag) {
        out.put((byte) (flag ? 1 : 0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_16BE); // names need not be valid Unicode
    }

    private static void putText(ByteBuffer out, String text) {
        byte[] bytes = bytes(text);
        out.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in) {
        return new String(octets(in, in.getInt()), StandardCharsets.UTF_16BE);
    }

    private static byte[] octets(ByteBuffer in, int count) {
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }
}
