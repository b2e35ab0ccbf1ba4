package org.smbd.auth.account;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.type.Sid;

/**
 * Accounts in the file {@value #FILE_NAME} below {@code private dir}, mode 0600.
 *
 * <p>Server and command line share it: a change is written to a new file, synced and renamed over the old one under a
 * lock that other processes respect; a reader looks for a new file at each question. Safe for many threads.
 */
public final class FileAccountStore implements AccountStore {
    /** Name of the file below {@code private dir}. */
    public static final String FILE_NAME = "smbd.accounts";

    private static final Logger LOG = LoggerFactory.getLogger(FileAccountStore.class);
    /** About 100,000 accounts; a larger file is not one of ours. */
    private static final int FILE_BYTES_MAX = 16 * 1024 * 1024;

    private static final Set<StandardOpenOption> CREATE_NEW_OPTIONS =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** The lock of a file is the whole JVM's: two stores of one process must not ask for it at once. */
    private static final Object CHANGES = new Object();

    private final Path file;
    private final Clock clock;

    @GuardedBy("this")
    private Snapshot snapshot;

    /** A table and the state of the file that it was read from. */
    private record Snapshot(AccountTable table, Stamp stamp) {}

    /** Differs whenever the file was replaced. */
    private record Stamp(FileTime modified, long size, Object inode) {}

    /** Changes a table. */
    private interface Change {
        AccountTable apply(AccountTable table) throws IOException;
    }

    private FileAccountStore(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Opens the accounts of a directory; makes directory, file and machine SID if they are not there.
     *
     * @throws AccountFileException if the file is damaged or of a newer version
     */
    public static FileAccountStore open(Path privateDir, Clock clock) throws IOException {
        if (!Files.isDirectory(privateDir)) {
            Files.createDirectories(
                    privateDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileAccountStore store = new FileAccountStore(privateDir.resolve(FILE_NAME), clock);
        if (!Files.exists(store.file)) {
            store.change(table -> table);
        }
        synchronized (store) {
            store.snapshot = store.read();
        }
        return store;
    }

    @Override
    public Optional<Account> find(String name) {
        return table().find(name);
    }

    @Override
    public Optional<Account> byRid(int rid) {
        return table().accounts().stream()
                .filter(account -> account.rid() == rid)
                .findFirst();
    }

    @Override
    public List<Account> list() {
        return List.copyOf(table().accounts());
    }

    @Override
    public Sid machineSid() {
        return table().machineSid();
    }

    /**
     * Adds an account.
     *
     * @throws IllegalArgumentException if the name cannot be one
     * @throws AccountFileException if it exists
     */
    public Account add(String name, String password) throws IOException {
        AccountNames.check(name);
        change(table -> {
            if (table.find(name).isPresent()) {
                throw new AccountFileException("the account " + name + " exists already");
            }
            return table.with(new Account(
                    name,
                    table.nextRid(),
                    NtHash.ofPassword(password),
                    false,
                    true,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        });
        return existing(table(), name);
    }

    /** Gives an account another password. */
    public void setPassword(String name, String password) throws IOException {
        change(table -> table.with(existing(table, name)
                .withHash(NtHash.ofPassword(password), clock.instant().truncatedTo(ChronoUnit.SECONDS))));
    }

    /** Takes an account away. Its RID is not used again. */
    public void remove(String name) throws IOException {
        change(table -> table.without(existing(table, name).name()));
    }

    /** Lets an account log in, or not. */
    public void setDisabled(String name, boolean disabled) throws IOException {
        change(table -> table.with(existing(table, name).withDisabled(disabled)));
    }

    private static Account existing(AccountTable table, String name) throws AccountFileException {
        return table.find(name).orElseThrow(() -> new AccountFileException("there is no account " + name));
    }

    /** The newest readable table: a file that was damaged meanwhile leaves the last good one in force. */
    private synchronized AccountTable table() {
        try {
            if (!stamp().equals(snapshot.stamp)) {
                snapshot = read();
            }
        } catch (IOException e) {
            LOG.error("the account file cannot be read again, its last content stays in force: {}", e.toString());
        }
        return snapshot.table;
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    /** The stamp is taken first: a file replaced in between is read once more than needed, never once less. */
    private Snapshot read() throws IOException {
        Stamp stamp = stamp();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(FILE_BYTES_MAX + 1);
        }
        if (bytes.length > FILE_BYTES_MAX) {
            throw new AccountFileException(file + " is larger than " + FILE_BYTES_MAX + " bytes");
        }
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        return new Snapshot(AccountTable.parse(file.toString(), lines), stamp);
    }

    /** Applies a change to what is in the file now, while no other process or thread changes it. */
    private void change(Change change) throws IOException {
        Path lockFile = file.resolveSibling(FILE_NAME + ".lock");
        synchronized (CHANGES) {
            try (FileChannel channel = FileChannel.open(
                    lockFile,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                // Closing the channel releases the lock.
                channel.lock();
                AccountTable current;
                try {
                    current = read().table;
                } catch (NoSuchFileException e) {
                    current = new AccountTable(newMachineSid(), AccountTable.FIRST_RID, Map.of());
                }
                write(change.apply(current));
            }
        }
    }

    /** Atomic and durable: content synced before the rename, the directory after it. */
    private void write(AccountTable table) throws IOException {
        Path temporary = file.resolveSibling(FILE_NAME + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                CREATE_NEW_OPTIONS,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer content = ByteBuffer.wrap(table.format().getBytes(StandardCharsets.UTF_8));
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

    private static Sid newMachineSid() {
        SecureRandom random = new SecureRandom();
        return Sid.of(5, 21, random.nextInt(), random.nextInt(), random.nextInt());
    }
}
