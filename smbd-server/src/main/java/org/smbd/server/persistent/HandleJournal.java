package org.smbd.server.persistent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;

/**
 * The file that persistent opens are kept in: a journal of their changes, each on stable storage before it is promised
 * to a client. Several that come at one time share one flush.
 *
 * <pre>
 *   "smbd-handles" version:4   { length:4 crc32c:4 entry:length }*
 * </pre>
 *
 * <p>A tail that was torn by a crash was promised to nobody, and is cut off. The file is rewritten when it is opened,
 * and when it has grown to several times what is alive. The lock of this object guards what is in memory, and the order
 * of the entries; the flush has a lock of its own, which is taken first.
 */
public final class HandleJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HandleJournal.class);

    private static final byte[] MAGIC = "smbd-handles".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES;
    private static final int FRAME_BYTES = 2 * Integer.BYTES;
    /** Below that nothing is gained by rewriting. */
    private static final long REWRITE_BYTES_MIN = 8L << 20;

    private static final int REWRITE_FACTOR = 4;

    private final Path file;
    private final Object flush = new Object();

    @GuardedBy("flush")
    private FileChannel channel;

    @GuardedBy("flush")
    private long rewriteAtBytes = REWRITE_BYTES_MIN;

    @GuardedBy("this")
    private final Map<Long, KeptOpen> opens = new LinkedHashMap<>();

    @GuardedBy("this")
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    @GuardedBy("this")
    private long accepted;

    @GuardedBy("flush")
    private long flushed;

    private HandleJournal(Path file) {
        this.file = file;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @throws IOException if it cannot be used; so, too, if a newer version of this program wrote it
     */
    public static HandleJournal open(Path file) throws IOException {
        HandleJournal journal = new HandleJournal(file);
        if (Files.exists(file)) {
            journal.load(ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        synchronized (journal.flush) {
            journal.rewrite();
        }
        return journal;
    }

    private void load(ByteBuffer in) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        if (in.remaining() < HEADER_BYTES) {
            throw new IOException(file + " holds no persistent opens; move it away");
        }
        in.get(magic);
        if (!Arrays.equals(MAGIC, magic)) {
            throw new IOException(file + " holds no persistent opens; move it away");
        }
        int version = in.getInt();
        if (version > VERSION) {
            throw new IOException(file + " has version " + version + ", and this program knows " + VERSION
                    + ": use the program that wrote it, or move the file away and lose the opens in it");
        }
        while (in.remaining() >= FRAME_BYTES) {
            int length = in.getInt();
            int sum = in.getInt();
            if (length < 0 || length > in.remaining() || sum != crc(in.slice(in.position(), length))) {
                LOG.warn("{}: the last entry is not whole, and was promised to nobody", file);
                return;
            }
            ByteBuffer entry = in.slice(in.position(), length);
            in.position(in.position() + length);
            ChangeCodec.decode(entry).ifPresent(this::load);
        }
    }

    private void load(ChangeCodec.Entry entry) {
        synchronized (this) {
            if (entry.change() instanceof Change.Opened opened) {
                opens.put(entry.persistentId(), new KeptOpen(this, opened.description(), opened.path()));
            } else {
                apply(entry.persistentId(), entry.change());
            }
        }
    }

    @GuardedBy("this")
    private void apply(long persistentId, Change change) {
        if (change instanceof Change.Closed) {
            opens.remove(persistentId);
            return;
        }
        KeptOpen open = opens.get(persistentId);
        if (open != null) {
            open.apply(change);
        }
    }

    /** Those that are kept. */
    public Collection<KeptOpen> opens() {
        synchronized (this) {
            return List.copyOf(opens.values());
        }
    }

    /** Keeps an open: it is on stable storage when this returns, or throws UNEXPECTED_IO_ERROR. */
    public KeptOpen keep(OpenDescription description, String path) {
        KeptOpen open = new KeptOpen(this, description, path);
        synchronized (this) {
            opens.put(description.persistentId(), open);
        }
        try {
            write(open, new Change.Opened(description, path), true);
        } catch (RuntimeException failed) {
            synchronized (this) {
                opens.remove(description.persistentId());
            }
            throw failed;
        }
        return open;
    }

    /**
     * Writes a change.
     *
     * @param wait whether it has to be on stable storage when this returns
     */
    void write(KeptOpen open, Change change, boolean wait) {
        long id = open.description().persistentId();
        long ticket;
        synchronized (this) {
            if (!opens.containsKey(id)) {
                return; // it is closed: there is nothing left to keep
            }
            apply(id, change);
            frame(waiting, id, change);
            ticket = ++accepted;
        }
        if (wait) {
            flush(ticket);
        }
    }

    private static void frame(ByteArrayOutputStream out, long id, Change change) {
        byte[] entry = ChangeCodec.encode(id, change);
        byte[] head = new byte[FRAME_BYTES];
        ByteBuffer.wrap(head).putInt(entry.length).putInt(crc(ByteBuffer.wrap(entry)));
        out.write(head, 0, FRAME_BYTES);
        out.write(entry, 0, entry.length);
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    /** Whoever comes first flushes for all who have come meanwhile. */
    private void flush(long ticket) {
        synchronized (flush) {
            if (flushed >= ticket) {
                return;
            }
            byte[] batch;
            long last;
            synchronized (this) {
                batch = waiting.toByteArray();
                waiting = new ByteArrayOutputStream();
                last = accepted;
            }
            try {
                writeAll(channel, ByteBuffer.wrap(batch));
                channel.force(false);
                flushed = last;
            } catch (IOException failed) {
                LOG.error("{}: persistent opens cannot be kept: {}", file, failed.toString());
                throw NtStatus.UNEXPECTED_IO_ERROR.exception();
            }
            rewriteWhereItPays();
        }
    }

    private static void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    @GuardedBy("flush")
    private void rewriteWhereItPays() {
        try {
            if (channel.size() > rewriteAtBytes) {
                rewrite();
            }
        } catch (IOException failed) { // all is in the present file, which goes on
            rewriteAtBytes *= REWRITE_FACTOR;
            LOG.warn("{} cannot be made shorter: {}", file, failed.toString());
        }
    }

    /** Puts a file with what is alive in the place of the present one; meanwhile nothing changes. */
    @GuardedBy("flush")
    private void rewrite() throws IOException {
        FileChannel before = channel;
        synchronized (this) {
            ByteArrayOutputStream alive = new ByteArrayOutputStream();
            for (KeptOpen open : opens.values()) {
                for (Change change : open.replay()) {
                    frame(alive, open.description().persistentId(), change);
                }
            }
            channel = replaceFile(alive.toByteArray());
            waiting = new ByteArrayOutputStream(); // what it held was in memory, and so is in the new file
            flushed = accepted;
        }
        rewriteAtBytes = Math.max(REWRITE_BYTES_MIN, REWRITE_FACTOR * channel.size());
        if (before != null) {
            before.close();
        }
    }

    private FileChannel replaceFile(byte[] entries) throws IOException {
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        FileChannel fresh = FileChannel.open(
                made,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(VERSION);
        writeAll(fresh, header.flip());
        writeAll(fresh, ByteBuffer.wrap(entries));
        fresh.force(true);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
            directory.force(true);
        }
        return fresh;
    }

    /** Writes what waits, and gives the file back; what is kept stays kept. */
    @Override
    public void close() throws IOException {
        synchronized (flush) {
            byte[] batch;
            synchronized (this) {
                batch = waiting.toByteArray();
                waiting = new ByteArrayOutputStream();
            }
            writeAll(channel, ByteBuffer.wrap(batch));
            channel.force(false);
            channel.close();
        }
    }
}
