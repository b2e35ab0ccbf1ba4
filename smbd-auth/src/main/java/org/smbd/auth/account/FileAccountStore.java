package org.smbd.auth.account;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.type.Sid;

/**
 * Accounts in the file {@value #FILE_NAME} below {@code private dir}, mode 0600.
 *
 * <p>A reader looks for a new file at each question. Safe for many threads.
 */
public final class FileAccountStore implements AccountStore {
    /** Name of the file below {@code private dir}. */
    public static final String FILE_NAME = "smbd.accounts";

    private static final Logger LOG = LoggerFactory.getLogger(FileAccountStore.class);
    /** About 100,000 accounts; a larger file is not one of ours. */
    private static final int FILE_BYTES_MAX = 16 * 1024 * 1024;

    private final PrivateFile file;
    private final Clock clock;

    @GuardedBy("this")
    private Snapshot snapshot;

    /** A table and the state of the file that it was read from. */
    private record Snapshot(AccountTable table, PrivateFile.Stamp stamp) {}

    /** Changes a table. */
    private interface Change {
        AccountTable apply(AccountTable table) throws IOException;
    }

    private FileAccountStore(PrivateFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Opens the accounts of a directory; makes directory, file and machine SID if they are not there.
     *
     * @throws AccountFileException if the file is damaged or of a newer version
     */
    public static FileAccountStore open(Path privateDir, Clock clock) throws IOException {
        return open(privateDir, clock, () -> {});
    }

    /**
     * As above.
     *
     * @param asDaemon called before the file is looked at: makes the calling thread, which may act for a user to whom
     *     it is closed, act for this process
     */
    public static FileAccountStore open(Path privateDir, Clock clock, Runnable asDaemon) throws IOException {
        PrivateFile.createDirectory(privateDir);
        FileAccountStore store =
                new FileAccountStore(new PrivateFile(privateDir, FILE_NAME, FILE_BYTES_MAX, asDaemon), clock);
        if (!store.file.exists()) {
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
            if (!file.stamp().equals(snapshot.stamp)) {
                snapshot = read();
            }
        } catch (IOException e) {
            LOG.error("the account file cannot be read again, its last content stays in force: {}", e.toString());
        }
        return snapshot.table;
    }

    /** The stamp is taken first: a file replaced in between is read once more than needed, never once less. */
    private Snapshot read() throws IOException {
        PrivateFile.Stamp stamp = file.stamp();
        return new Snapshot(AccountTable.parse(file.toString(), file.lines()), stamp);
    }

    /** Applies a change to what is in the file now, while no other process or thread changes it. */
    private void change(Change change) throws IOException {
        file.locked(() -> {
            AccountTable current;
            try {
                current = read().table;
            } catch (NoSuchFileException e) {
                current = new AccountTable(newMachineSid(), AccountTable.FIRST_RID, Map.of());
            }
            file.write(change.apply(current).format());
        });
    }

    private static Sid newMachineSid() {
        SecureRandom random = new SecureRandom();
        return Sid.of(5, 21, random.nextInt(), random.nextInt(), random.nextInt());
    }
}
