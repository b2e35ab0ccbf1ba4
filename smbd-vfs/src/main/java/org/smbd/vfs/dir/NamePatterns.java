package org.smbd.vfs.dir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.smbd.vfs.name.UnicodeForm;

/**
 * A list of names with wildcards, as {@code veto files} and {@code hide files} have them: {@code /*.tmp/.DS_Store/}.
 * Case and the Unicode form of an accent do not count, so that no other spelling leads past a list.
 */
public final class NamePatterns implements Predicate<String> {
    private final String text;
    private final List<WildcardPattern> patterns;

    private NamePatterns(String text, List<WildcardPattern> patterns) {
        this.text = text;
        this.patterns = List.copyOf(patterns);
    }

    /** The names between the slashes of {@code list}; one longer than {@link WildcardPattern#LENGTH_MAX} throws. */
    public static NamePatterns of(String list) {
        List<WildcardPattern> patterns = new ArrayList<>();
        for (String pattern : list.split("/", -1)) {
            if (!pattern.isEmpty()) {
                patterns.add(WildcardPattern.of(UnicodeForm.composed(pattern)));
            }
        }
        return new NamePatterns(list, patterns);
    }

    /** Whether {@code name} is one of the names. */
    @Override
    public boolean test(String name) {
        if (patterns.isEmpty()) {
            return false;
        }
        String composed = UnicodeForm.composed(name);
        return patterns.stream().anyMatch(pattern -> pattern.matches(composed));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePatterns that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
