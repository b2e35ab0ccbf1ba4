package org.smbd.auth.account;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.smbd.core.type.PosixIdentity;

/**
 * Users and groups of the host, wherever its name service has them (files, LDAP, SSSD).
 *
 * <p>Asks {@code getent} and {@code id}, which use the name service as every program does; answers, negative ones too,
 * are kept for a minute. A question may take as long as a process: never ask on an event loop. Safe for many threads.
 */
public final class UnixDirectory {
    private static final Duration KEPT = Duration.ofSeconds(60);
    /** Names that clients invent must not fill the memory. */
    private static final int ENTRIES_MAX = 10_000;

    private static final int PASSWD_FIELDS = 7;
    private static final int GROUP_FIELDS = 4;

    private final Clock clock;
    private final CommandRunner commands;

    @GuardedBy("cache")
    private final Map<String, Entry> cache = new LinkedHashMap<>();

    private record Entry(Optional<?> value, Instant until) {}

    /** Runs a program. */
    public interface CommandRunner {
        /** What it printed, by lines; empty if it failed. The words are passed as they are, through no shell. */
        List<String> run(String... words);
    }

    public UnixDirectory(Clock clock, CommandRunner commands) {
        this.clock = clock;
        this.commands = commands;
    }

    /** The directory of this host. */
    public static UnixDirectory ofHost() {
        return new UnixDirectory(Clock.systemUTC(), new ProcessRunner());
    }

    /** The user of a name. */
    public Optional<UnixUser> user(String name) {
        return isName(name) ? cached("user " + name, UnixUser.class, () -> lookUpUser(name)) : Optional.empty();
    }

    /** The name of a user id. */
    public Optional<String> userName(int uid) {
        String id = Integer.toUnsignedString(uid);
        return cached(
                "uid " + id,
                String.class,
                () -> fields("passwd", id, PASSWD_FIELDS)
                        .filter(fields -> fields[2].equals(id))
                        .map(fields -> fields[0]));
    }

    /** The name of a group id. */
    public Optional<String> groupName(int gid) {
        String id = Integer.toUnsignedString(gid);
        return cached(
                "gid " + id,
                String.class,
                () -> fields("group", id, GROUP_FIELDS)
                        .filter(fields -> fields[2].equals(id))
                        .map(fields -> fields[0]));
    }

    /** The id of a group name. */
    public OptionalInt groupId(String name) {
        if (!isName(name)) {
            return OptionalInt.empty();
        }
        Optional<Integer> gid = cached(
                "group " + name,
                Integer.class,
                () -> fields("group", name, GROUP_FIELDS)
                        .filter(fields -> fields[0].equalsIgnoreCase(name))
                        .flatMap(fields -> id(fields[2])));
        return gid.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Digits would be taken for an id, and a dash for an option: somebody called 0 is not root. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.startsWith("-")
                && !name.startsWith("+")
                && !name.chars().allMatch(c -> c >= '0' && c <= '9')
                && name.chars().noneMatch(c -> c == ':' || Character.isISOControl(c));
    }

    private Optional<UnixUser> lookUpUser(String name) {
        return fields("passwd", name, PASSWD_FIELDS)
                .filter(fields -> fields[0].equalsIgnoreCase(name))
                .flatMap(this::withGroups);
    }

    private Optional<UnixUser> withGroups(String[] passwd) {
        Optional<Integer> uid = id(passwd[2]);
        Optional<Integer> gid = id(passwd[3]);
        if (uid.isEmpty() || gid.isEmpty()) {
            return Optional.empty();
        }
        Set<Integer> gids = new HashSet<>(Set.of(gid.get()));
        for (String line : commands.run("id", "-G", "--", passwd[0])) {
            for (String word : line.trim().split("\\s+", -1)) {
                id(word).ifPresent(gids::add);
            }
        }
        int[] groups = gids.stream().mapToInt(Integer::intValue).sorted().toArray();
        PosixIdentity identity = new PosixIdentity(uid.get(), gid.get(), groups);
        return Optional.of(new UnixUser(passwd[0], identity, groupNames(groups), passwd[5]));
    }

    private Set<String> groupNames(int[] gids) {
        List<String> words = new ArrayList<>(List.of("getent", "group"));
        Arrays.stream(gids).mapToObj(Integer::toUnsignedString).forEach(words::add);
        Set<String> names = new HashSet<>();
        for (String line : commands.run(words.toArray(String[]::new))) {
            names.add(line.split(":", -1)[0]);
        }
        return names;
    }

    private Optional<String[]> fields(String database, String key, int count) {
        return commands.run("getent", database, key).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= count)
                .findFirst();
    }

    private static Optional<Integer> id(String digits) {
        try {
            return Optional.of(Integer.parseUnsignedInt(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Looks up outside the lock, so a slow name service delays only who asks for the same kind of thing. */
    private <T> Optional<T> cached(String key, Class<T> type, Supplier<Optional<T>> lookUp) {
        Instant now = clock.instant();
        synchronized (cache) {
            Entry entry = cache.get(key);
            if (entry != null && now.isBefore(entry.until)) {
                return entry.value.map(type::cast);
            }
        }
        Optional<T> found = lookUp.get();
        synchronized (cache) {
            cache.remove(key);
            if (cache.size() >= ENTRIES_MAX) {
                cache.remove(cache.keySet().iterator().next());
            }
            cache.put(key, new Entry(found, now.plus(KEPT)));
        }
        return found;
    }
}
