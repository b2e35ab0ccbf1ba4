package org.smbd.server.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A list of hosts as hosts_access(5) writes it: {@code 150.203. EXCEPT 150.203.6.66}, {@code 10.0.0.0/8}, {@code
 * fe80::/10}, {@code ALL}, {@code LOCAL}. Host names are kept, but match nothing: no name service is asked about peers.
 *
 * @param words the words
 */
public record HostList(List<String> words) {
    /** No host. */
    public static final HostList EMPTY = new HostList(List.of());

    private static final String EXCEPT = "EXCEPT";

    public HostList {
        words = List.copyOf(words);
    }

    static HostList of(List<String> words) {
        return words.isEmpty() ? EMPTY : new HostList(words);
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** Whether the list names the address: a word before EXCEPT does, and none after it. */
    public boolean matches(InetAddress peer) {
        return matches(words, peer);
    }

    private static boolean matches(List<String> words, InetAddress peer) {
        int except = exceptAt(words);
        List<String> before = words.subList(0, except);
        if (before.stream().noneMatch(word -> matches(word, peer))) {
            return false;
        }
        return except == words.size() || !matches(words.subList(except + 1, words.size()), peer);
    }

    private static boolean matches(String word, InetAddress peer) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (upper.equals("ALL")) {
            return true;
        }
        if (word.endsWith(".") && Character.isDigit(word.charAt(0))) {
            return peer.getHostAddress().startsWith(word);
        }
        return AddressRange.parse(word).map(range -> range.contains(peer)).orElse(false);
    }

    /** The first word, if any, that only a name service could tell the meaning of. */
    Optional<String> firstName() {
        return words.stream().filter(HostList::isName).findFirst();
    }

    /** The first such word after EXCEPT. */
    Optional<String> firstExceptedName() {
        int except = exceptAt(words);
        return words.subList(except, words.size()).stream()
                .filter(HostList::isName)
                .findFirst();
    }

    private static boolean isName(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        boolean keyword = upper.equals("ALL") || upper.equals(EXCEPT) || upper.equals("FAIL");
        boolean prefix = word.endsWith(".") && Character.isDigit(word.charAt(0));
        return !keyword && !prefix && AddressRange.parse(word).isEmpty();
    }

    private static int exceptAt(List<String> words) {
        List<String> upper = new ArrayList<>();
        words.forEach(word -> upper.add(word.toUpperCase(Locale.ROOT)));
        int at = upper.indexOf(EXCEPT);
        return at < 0 ? words.size() : at;
    }
}
