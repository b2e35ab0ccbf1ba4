package org.smbd.benchmarks.trial;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a server has acknowledged: a line for each range of a file. */
final class Journal implements AutoCloseable {
    /**
     * A range of a file whose bytes are a function of its seed.
     *
     * @param path relative to the share, with slashes
     */
    record Entry(String path, long offset, int length, long seed) {
        byte[] bytes() {
            byte[] bytes = new byte[length];
            new Random(seed).nextBytes(bytes);
            return bytes;
        }
    }

    private final BufferedWriter writer;

    Journal(Path file) throws IOException {
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    /** Notes that {@code entry} was acknowledged. */
    synchronized void acknowledged(Entry entry) throws IOException {
        writer.write(entry.path() + '\t' + entry.offset() + '\t' + entry.length() + '\t' + entry.seed() + '\n');
        writer.flush();
    }

    static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] parts = line.split("\t", -1);
            entries.add(new Entry(
                    parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]), Long.parseLong(parts[3])));
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
