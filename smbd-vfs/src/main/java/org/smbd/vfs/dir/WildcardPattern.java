package org.smbd.vfs.dir;

import java.util.BitSet;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.name.CaseFold;

/**
 * A search pattern with the wildcards of NT and DOS. MS-FSA 2.1.4.4 Algorithm for Determining if a FileName Is in an
 * Expression.
 *
 * <p>{@code *} any run, {@code ?} any one, {@code <} (DOS_STAR) any run without the last dot, {@code >} (DOS_QM) any
 * one, or none at a dot or the end, {@code "} (DOS_DOT) a dot, or none at the end. Case does not count. The set of
 * states that the pattern can be in is kept while the name is read, so the time is the product of the lengths, whatever
 * the pattern.
 */
public final class WildcardPattern {
    private static final char DOS_STAR = '<';
    private static final char DOS_QM = '>';
    private static final char DOS_DOT = '"';

    /** Longest pattern: a name has at most 255 units, and each can have a wildcard beside it. */
    public static final int LENGTH_MAX = 512;

    private final String text;
    private final String pattern;
    private final boolean matchesAll;
    private final boolean exact;

    private final boolean caseSensitive;

    private WildcardPattern(String text, boolean caseSensitive) {
        this.text = text;
        this.caseSensitive = caseSensitive;
        this.pattern = caseSensitive ? text : CaseFold.fold(text);
        this.matchesAll = pattern.equals("*");
        this.exact = pattern.chars().noneMatch(unit -> "*?<>\"".indexOf(unit) >= 0);
    }

    /** Compiles a pattern; an empty one is {@code *}. Longer than {@link #LENGTH_MAX}: OBJECT_NAME_INVALID. */
    public static WildcardPattern of(String pattern) {
        return of(pattern, false);
    }

    /** The same; {@code caseSensitive} for one in which case counts. */
    public static WildcardPattern of(String pattern, boolean caseSensitive) {
        if (pattern.length() > LENGTH_MAX) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
        return new WildcardPattern(pattern.isEmpty() ? "*" : pattern, caseSensitive);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Whether it has no wildcard: it is one name, and can be looked up. */
    public boolean isExact() {
        return exact;
    }

    /** Whether every name matches. */
    public boolean matchesAll() {
        return matchesAll;
    }

    /** Whether {@code name} matches. */
    public boolean matches(String name) {
        if (matchesAll) {
            return true;
        }
        String folded = caseSensitive ? name : CaseFold.fold(name);
        if (exact) {
            return folded.equals(pattern);
        }
        int lastDot = folded.lastIndexOf('.');
        BitSet states = new BitSet(pattern.length() + 1);
        BitSet next = new BitSet(pattern.length() + 1);
        states.set(0);
        skipEmpty(states, folded, 0);
        for (int i = 0; i < folded.length(); i++) {
            step(states, folded, i, lastDot, next);
            BitSet former = states;
            states = next;
            next = former;
            skipEmpty(states, folded, i + 1);
            if (states.isEmpty()) {
                return false;
            }
        }
        return states.get(pattern.length());
    }

    private void step(BitSet states, String name, int at, int lastDot, BitSet next) {
        char unit = name.charAt(at);
        next.clear();
        for (int state = states.nextSetBit(0);
                state >= 0 && state < pattern.length();
                state = states.nextSetBit(state + 1)) {
            switch (pattern.charAt(state)) {
                case '*' -> next.set(state);
                case DOS_STAR -> {
                    if (at != lastDot) {
                        next.set(state);
                    }
                }
                case '?' -> next.set(state + 1);
                case DOS_QM -> {
                    if (unit != '.') {
                        next.set(state + 1);
                    }
                }
                case DOS_DOT -> {
                    if (unit == '.') {
                        next.set(state + 1);
                    }
                }
                default -> {
                    if (pattern.charAt(state) == unit) {
                        next.set(state + 1);
                    }
                }
            }
        }
    }

    /** Follows what matches without a unit: runs may be empty, DOS_QM at a dot or the end, DOS_DOT at the end. */
    private void skipEmpty(BitSet states, String name, int at) {
        boolean end = at == name.length();
        boolean dotOrEnd = end || name.charAt(at) == '.';
        for (int state = states.nextSetBit(0);
                state >= 0 && state < pattern.length();
                state = states.nextSetBit(state + 1)) {
            char wild = pattern.charAt(state);
            if (wild == '*' || wild == DOS_STAR || (wild == DOS_QM && dotOrEnd) || (wild == DOS_DOT && end)) {
                states.set(state + 1);
            }
        }
    }
}
