package org.smbd.auth.account;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.Sid;

/**
 * Groups and privileges in the file {@value #FILE_NAME} below {@code private dir}; without it nobody has any. A change
 * by the command line counts from the next log-in. Safe for many threads.
 */
public final class FileMemberships implements Memberships {
    /** Name of the file below {@code private dir}. */
    public static final String FILE_NAME = "smbd.groups";

    private static final Logger LOG = LoggerFactory.getLogger(FileMemberships.class);
    private static final int FILE_BYTES_MAX = 16 * 1024 * 1024;

    private final PrivateFile file;

    @GuardedBy("this")
    private Snapshot snapshot;

    private record Snapshot(MembershipTable table, PrivateFile.Stamp stamp) {}

    private FileMemberships(PrivateFile file) {
        this.file = file;
    }

    /**
     * Opens the memberships of a directory, which is made if it is not there.
     *
     * @throws AccountFileException if the file is damaged or of a newer version
     */
    public static FileMemberships open(Path privateDir) throws IOException {
        return open(privateDir, () -> {});
    }

    /**
     * As above.
     *
     * @param asDaemon called before the file is looked at: makes the calling thread, which may act for a user to whom
     *     it is closed, act for this process
     */
    public static FileMemberships open(Path privateDir, Runnable asDaemon) throws IOException {
        PrivateFile.createDirectory(privateDir);
        FileMemberships memberships =
                new FileMemberships(new PrivateFile(privateDir, FILE_NAME, FILE_BYTES_MAX, asDaemon));
        if (memberships.file.exists()) {
            synchronized (memberships) {
                memberships.snapshot = memberships.read();
            }
        }
        return memberships;
    }

    @Override
    public Set<Sid> groupsOf(String account) {
        return table().members().getOrDefault(AccountNames.key(account), Set.of()).stream()
                .map(BuiltinGroup::sid)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Privilege> privilegesOf(String account) {
        return table().privileges().getOrDefault(AccountNames.key(account), Set.of());
    }

    /** Takes an account into a group, or out of it. */
    public void setMember(BuiltinGroup group, String account, boolean member) throws IOException {
        change(table -> table.withMember(group, account, member));
    }

    /** Grants an account a privilege, or takes it back. */
    public void setPrivilege(Privilege privilege, String account, boolean granted) throws IOException {
        change(table -> table.withPrivilege(privilege, account, granted));
    }

    private void change(UnaryOperator<MembershipTable> change) throws IOException {
        file.locked(() -> {
            MembershipTable current = file.exists() ? read().table : MembershipTable.EMPTY;
            file.write(change.apply(current).format());
        });
    }

    /** The newest readable table: a file that was damaged meanwhile leaves the last good one in force. */
    private synchronized MembershipTable table() {
        try {
            if (!file.exists()) {
                snapshot = null;
            } else if (snapshot == null || !file.stamp().equals(snapshot.stamp)) {
                snapshot = read();
            }
        } catch (IOException e) {
            LOG.error("the file of groups cannot be read again, its last content stays in force: {}", e.toString());
        }
        return snapshot == null ? MembershipTable.EMPTY : snapshot.table;
    }

    /** The stamp is taken first: a file replaced in between is read once more than needed, never once less. */
    private Snapshot read() throws IOException {
        PrivateFile.Stamp stamp = file.stamp();
        return new Snapshot(MembershipTable.parse(file.toString(), file.lines()), stamp);
    }
}
