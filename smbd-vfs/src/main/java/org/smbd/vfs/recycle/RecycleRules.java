package org.smbd.vfs.recycle;

import java.util.List;
import org.smbd.vfs.dir.WildcardPattern;
import org.smbd.vfs.store.HostPaths;

/** Which files a bin takes: the exclusions of its {@link RecycleOptions}, compiled once. */
final class RecycleRules {
    private final RecycleOptions options;
    private final List<WildcardPattern> exclude;
    private final List<WildcardPattern> excludeDirectories;
    private final List<WildcardPattern> noVersions;

    RecycleRules(RecycleOptions options) {
        this.options = options;
        this.exclude = compile(options.exclude());
        this.excludeDirectories = compile(options.excludeDirectories());
        this.noVersions = compile(options.noVersions());
    }

    private static List<WildcardPattern> compile(List<String> patterns) {
        return patterns.stream()
                .map(RecycleRules::withoutSlashes)
                .filter(pattern -> !pattern.isEmpty())
                .map(WildcardPattern::of)
                .toList();
    }

    private static String withoutSlashes(String pattern) {
        int start = 0;
        int end = pattern.length();
        while (start < end && pattern.charAt(start) == '/') {
            start++;
        }
        while (end > start && pattern.charAt(end - 1) == '/') {
            end--;
        }
        return pattern.substring(start, end);
    }

    /** Whether a file of {@code sizeBytes} at a host path goes into the bin, and is not deleted at once. */
    boolean takes(String path, long sizeBytes) {
        boolean fits = sizeBytes >= options.minSizeBytes()
                && (options.maxSizeBytes() == 0 || sizeBytes <= options.maxSizeBytes());
        return fits
                && !isInBin(path)
                && !matchesAny(exclude, HostPaths.name(path))
                && !isBelowExcluded(HostPaths.parent(path));
    }

    /** What is deleted in the bin is gone. */
    private boolean isInBin(String path) {
        return path.startsWith(options.repository() + "/");
    }

    private boolean isBelowExcluded(String directory) {
        for (String above = directory; !above.isEmpty(); above = HostPaths.parent(above)) {
            if (matchesAny(excludeDirectories, above)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an older file of this name stays beside the new one. */
    boolean keepsVersions(String name) {
        return options.versions() && !matchesAny(noVersions, name);
    }

    private static boolean matchesAny(List<WildcardPattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
}
