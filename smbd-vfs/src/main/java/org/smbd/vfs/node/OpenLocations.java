package org.smbd.vfs.node;

import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where the open files are: finds those below a directory. MS-FSA 2.1.4.2 Algorithm for Detecting If Open Files Exist.
 */
final class OpenLocations {
    private final ConcurrentNavigableMap<String, Integer> counts = new ConcurrentSkipListMap<>();

    void add(String location) {
        counts.merge(location, 1, Integer::sum);
    }

    void remove(String location) {
        counts.computeIfPresent(location, (path, count) -> count == 1 ? null : count - 1);
    }

    /** What all locations below a directory begin with. */
    static String prefix(String directory) {
        return directory.endsWith("/") ? directory : directory + "/";
    }

    boolean anyBelow(String directory) {
        String prefix = prefix(directory);
        String first = counts.ceilingKey(prefix);
        return first != null && first.startsWith(prefix);
    }
}
