package org.smbd.auth.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A text file below {@code private dir}, mode 0600, that server and command line share: a change is written to a new
 * file, synced and renamed over the old one under a lock that other processes respect.
 */
final class PrivateFile {
    private static final Set<StandardOpenOption> CREATE_NEW_OPTIONS =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** The lock of a file is the whole JVM's: two stores of one process must not ask for it at once. */
    private static final Object CHANGES = new Object();

    private final Path file;
    private final int bytesMax;
    private final Runnable asDaemon;

    /** Differs whenever the file was replaced. */
    record Stamp(FileTime modified, long size, Object inode) {}

    /** Reads, changes and writes. */
    interface Change {
        void run() throws IOException;
    }

    /**
     * A file of a directory, there or not.
     *
     * @param bytesMax a larger one is not one of ours
     * @param asDaemon makes the calling thread act for this process, if it may act for a user
     */
    PrivateFile(Path directory, String name, int bytesMax, Runnable asDaemon) {
        this.asDaemon = asDaemon;
        this.file = directory.resolve(name);
        this.bytesMax = bytesMax;
    }

    static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    boolean exists() {
        asDaemon.run();
        return Files.exists(file);
    }

    Stamp stamp() throws IOException {
        asDaemon.run();
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    List<String> lines() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(bytesMax + 1);
        }
        if (bytes.length > bytesMax) {
            throw new AccountFileException(file + " is larger than " + bytesMax + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    /** Runs a change while no other process or thread changes the file. */
    void locked(Change change) throws IOException {
        asDaemon.run();
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (CHANGES) {
            try (FileChannel channel = FileChannel.open(
                    lockFile,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                // Closing the channel releases the lock.
                channel.lock();
                change.run();
            }
        }
    }

    /** Atomic and durable: content synced before the rename, the directory after it. */
    void write(String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                CREATE_NEW_OPTIONS,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
