package org.smbd.benchmarks.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Compares a journal with the disk: {@code JournalCheck JOURNAL DIRECTORY}. Exit status 1 if anything acknowledged is
 * missing or differs, or if nothing was acknowledged at all.
 */
public final class JournalCheck {
    private JournalCheck() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: JournalCheck JOURNAL DIRECTORY");
            System.exit(2);
        }
        List<Journal.Entry> entries = Journal.read(Path.of(args[0]));
        int wrong = 0;
        for (Journal.Entry entry : entries) {
            String problem = problem(entry, Path.of(args[1], entry.path()));
            if (!problem.isEmpty()) {
                wrong++;
                System.err.println(entry.path() + " at " + entry.offset() + ": " + problem);
            }
        }
        System.out.println("acknowledged " + entries.size() + ", wrong " + wrong);
        System.exit(wrong == 0 && !entries.isEmpty() ? 0 : 1);
    }

    private static String problem(Journal.Entry entry, Path path) {
        ByteBuffer found = ByteBuffer.allocate(entry.length());
        try (FileChannel channel = FileChannel.open(path)) {
            int count = 1;
            while (found.hasRemaining() && count > 0) {
                count = channel.read(found, entry.offset() + found.position());
            }
        } catch (IOException missing) {
            return missing.toString();
        }
        if (found.hasRemaining()) {
            return "only " + found.position() + " of " + entry.length() + " bytes";
        }
        int at = Arrays.mismatch(found.array(), entry.bytes());
        return at < 0 ? "" : "byte " + at + " of " + entry.length() + " differs";
    }
}
