package org.smbd.vfs.name;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The short names of one directory: no two files have the same, and none has that of a file whose whole name it is.
 * Guarded by its owner.
 *
 * <p>As on NTFS, a name that goes is remembered for a while: who makes a file anew by its short name, as programs that
 * save through a temporary file do, gets the long name back.
 */
final class ShortNameTable {
    private static final int REMEMBERED_MAX = 64;
    /** As NTFS: MaximumTunnelEntryAgeInSeconds. */
    private static final long REMEMBERED_NANOS = 15_000_000_000L;

    private record Gone(String hostName, long at) {}

    private final NameRules rules;
    /** From the key of a client's name to whether a file is called so. */
    private final Predicate<String> taken;

    private final Map<String, String> byShort = new HashMap<>();
    /** Only of files that did not get their first choice. */
    private final Map<String, String> exceptions = new HashMap<>();

    private final Map<String, Gone> gone = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Gone> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    ShortNameTable(NameRules rules, Predicate<String> taken) {
        this.rules = rules;
        this.taken = taken;
    }

    void add(String hostName) {
        String whole = byShort.get(rules.key(hostName));
        if (whole != null) { // a file is called as another one for short: that one gets another
            forget(whole);
            assign(whole);
        }
        if (rules.hasShortName(hostName)) {
            assign(hostName);
        }
    }

    private void assign(String hostName) {
        String clientName = rules.toClient(hostName);
        for (int attempt = 0; ; attempt++) {
            Optional<String> candidate = rules.shortNames().of(clientName, attempt);
            if (candidate.isEmpty()) {
                return; // all are taken
            }
            String made = candidate.get();
            if (!taken.test(made) && byShort.putIfAbsent(made, hostName) == null) {
                if (attempt > 0) {
                    exceptions.put(hostName, made);
                }
                return;
            }
        }
    }

    void remove(String hostName) {
        Optional<String> made = of(hostName);
        if (made.isPresent()) {
            forget(hostName);
            gone.remove(made.get());
            gone.put(made.get(), new Gone(hostName, System.nanoTime()));
        }
    }

    private void forget(String hostName) {
        of(hostName).ifPresent(byShort::remove);
        exceptions.remove(hostName);
    }

    /** The short name of a file that is here. */
    Optional<String> of(String hostName) {
        if (!rules.hasShortName(hostName)) {
            return Optional.empty();
        }
        String exception = exceptions.get(hostName);
        Optional<String> made =
                exception != null ? Optional.of(exception) : rules.shortNames().of(rules.toClient(hostName), 0);
        return made.filter(name -> hostName.equals(byShort.get(name)));
    }

    /** The file that has this short name; case does not count. */
    Optional<String> find(String shortName) {
        return Optional.ofNullable(byShort.get(CaseFold.fold(shortName)));
    }

    /** The file that had this short name a moment ago. */
    Optional<String> findGone(String shortName) {
        return Optional.ofNullable(gone.get(CaseFold.fold(shortName)))
                .filter(name -> System.nanoTime() - name.at() < REMEMBERED_NANOS)
                .map(Gone::hostName);
    }
}
