package org.smbd.vfs.dir;

import java.util.BitSet;
import org.smbd.vfs.name.CaseFold;

/**
 * A search pattern with the wildcards of NT and DOS. MS-FSA 2.1.4.4 Algorithm for Determining if a FileName Is in an
 * Expression.
 *
 * <p>{@code *} any run, {@code ?} any one, {@code <} (DOS_STAR) any run without the last dot, {@code >} (DOS_QM) any one, or
 * none at a dot or the end, {@code "} (DOS_DOT) a dot, or none at the end. Case does not count. The set of states that the
 * pattern can be in is kept while the name is read, so the time is the product of the lengths, whatever the pattern.
 */
public final class WildcardPattern {
    private static final char DOS_STAR = '<';
    private static final char DOS_QM = '>';
    private static final char DOS_DOT = '"';

    private final String pattern;
    private final boolean matchesAll;
    private final boolean exact;

    private WildcardPattern(String pattern) {
        this.pattern = pattern;
        this.matchesAll = pattern.equals("*");
        this.exact = pattern.chars().noneMatch(unit -> "*?<>\"".indexOf(unit) >= 0);
    }

    /** Compiles a pattern; an empty one is {@code *}. */
    public static WildcardPattern of(String pattern) {
        return new WildcardPattern(CaseFold.fold(pattern.isEmpty() ? "*" : pattern));
    }

    /** Whether it has no wildcard: it is one name, and can be looked up. */
    public boolean isExact() {
        return exact;
    }

    /** The pattern, in upper case. */
    public String text() {
        return pattern;
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
        String folded = CaseFold.fold(name);
        if (exact) {
            return folded.equals(pattern);
        }
        int lastDot = folded.lastIndexOf('.');
        BitSet states = new BitSet(pattern.length() + 1);
        states.set(0);
        skipEmpty(states, folded, 0);
        for (int i = 0; i < folded.length(); i++) {
            states = step(states, folded, i, lastDot);
            skipEmpty(states, folded, i + 1);
            if (states.isEmpty()) {
                return false;
            }
        }
        return states.get(pattern.length());
    }

    private BitSet step(BitSet states, String name, int at, int lastDot) {
        char unit = name.charAt(at);
        BitSet next = new BitSet(pattern.length() + 1);
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
        return next;
    }

    /** Follows what matches without a unit: runs may be empty, DOS_QM at a dot or the end, DOS_DOT at the end. */
    private void skipEmpty(BitSet states, String name, int at) {
        boolean end = at == name.length();
        boolean dotOrEnd = end || name.charAt(at) == '.';
        for (int state = states.nextSetBit(0);
                state >= 0 && state < pattern.length();
                state = states.nextSetBit(state + 1)) {
            char wild = pattern.charAt(state);
            if (wild == '*' || wild == DOS_STAR || wild == DOS_QM && dotOrEnd || wild == DOS_DOT && end) {
                states.set(state + 1);
            }
        }
    }
}
