package org.smbd.benchmarks.trial;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes until the server goes away, and keeps a journal of what was acknowledged.
 *
 * <p>{@code JournalWriter MODE HOST:PORT/SHARE USER PASSWORD JOURNAL}. Mode {@code write} appends to files and notes
 * each answered WRITE; mode {@code flush} makes new files in new directories, half of them under a temporary name
 * renamed over, and notes each file once FLUSH, or a write-through WRITE, was answered. Ends when every connection is
 * gone; prints the count of noted ranges.
 */
public final class JournalWriter {
    private static final int WRITERS = 4;
    private static final int LENGTH_MAX = 65_536;
    private static final long FILE_BYTES_MAX = 8 << 20;

    private final DiskShare share;
    private final Journal journal;
    private final AtomicLong noted;
    private final Random random;
    private final String prefix;

    private JournalWriter(DiskShare share, Journal journal, AtomicLong noted, int number) {
        this.share = share;
        this.journal = journal;
        this.noted = noted;
        this.random = new Random(System.nanoTime() + number);
        this.prefix = "w" + number + "-" + Long.toHexString(System.nanoTime());
    }

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        if (args.length != 5) {
            System.err.println("usage: JournalWriter write|flush HOST:PORT/SHARE USER PASSWORD JOURNAL");
            System.exit(2);
        }
        Target target = Target.parse(args[1]);
        AtomicLong noted = new AtomicLong();
        try (Journal journal = new Journal(Path.of(args[4]))) {
            Thread[] writers = new Thread[WRITERS];
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                writers[i] = new Thread(() -> {
                    try (Target.Mount mount = target.mount(args[2], args[3])) {
                        JournalWriter writer = new JournalWriter(mount.share(), journal, noted, number);
                        while (true) {
                            if (args[0].equals("flush")) {
                                writer.makeDurableFiles();
                            } else {
                                writer.appendToFile();
                            }
                        }
                    } catch (SMBRuntimeException | IOException end) {
                        System.err.println("writer " + number + " ends: " + end);
                    }
                });
                writers[i].start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
        System.out.println("acknowledged " + noted.get());
    }

    private void appendToFile() throws IOException {
        String path = prefix + "-" + random.nextInt(1 << 30);
        try (File file = create(path, EnumSet.noneOf(SMB2CreateOptions.class))) {
            long offset = 0;
            while (offset < FILE_BYTES_MAX) {
                Journal.Entry entry = next(path, offset);
                offset += write(file, entry);
                note(entry);
            }
        }
    }

    private void makeDurableFiles() throws IOException {
        String directory = prefix + "-d" + random.nextInt(1 << 30);
        share.mkdir(directory);
        for (int i = 0; i < 8; i++) {
            boolean writeThrough = random.nextBoolean();
            boolean renamed = random.nextBoolean();
            String path = directory + "/f" + i;
            Journal.Entry entry = next(path, 0);
            Set<SMB2CreateOptions> options = writeThrough
                    ? EnumSet.of(SMB2CreateOptions.FILE_WRITE_THROUGH)
                    : EnumSet.noneOf(SMB2CreateOptions.class);
            try (File file = create(renamed ? path + ".tmp" : path, options)) {
                write(file, entry);
                if (renamed) {
                    file.rename(path.replace('/', '\\'), true);
                }
                if (!writeThrough || renamed) {
                    file.flush();
                }
                note(entry);
            }
        }
    }

    private Journal.Entry next(String path, long offset) {
        return new Journal.Entry(path, offset, 1 + random.nextInt(LENGTH_MAX), random.nextLong());
    }

    private void note(Journal.Entry entry) throws IOException {
        journal.acknowledged(entry);
        noted.incrementAndGet();
    }

    private static long write(File file, Journal.Entry entry) throws IOException {
        long count = file.write(entry.bytes(), entry.offset());
        if (count != entry.length()) {
            throw new IOException("short write of " + entry.path() + ": " + count);
        }
        return count;
    }

    private File create(String path, Set<SMB2CreateOptions> options) {
        return share.openFile(
                path.replace('/', '\\'),
                EnumSet.of(AccessMask.GENERIC_READ, AccessMask.GENERIC_WRITE, AccessMask.DELETE),
                null,
                SMB2ShareAccess.ALL,
                SMB2CreateDisposition.FILE_OVERWRITE_IF,
                options);
    }
}
