package org.smbd.vfs.name;

import java.util.HashMap;
import java.util.Map;

/**
 * Characters that clients see in another form, as {@code catia:mappings} has them: pairs of the character on the host
 * and that of the client.
 *
 * @param toClient from the host's to the client's
 * @param toHost from the client's to the host's
 */
public record CharacterMap(Map<Character, Character> toClient, Map<Character, Character> toHost) {
    /** No pairs. */
    public static final CharacterMap NONE = new CharacterMap(Map.of(), Map.of());

    public CharacterMap {
        toClient = Map.copyOf(toClient);
        toHost = Map.copyOf(toHost);
    }

    /**
     * From pairs {@code 0x22:0xa8}, each parted from the next by a comma; the first number is the host's.
     *
     * @throws IllegalArgumentException for anything else, and for a pair with NUL, a slash or a dot on the host's side
     */
    public static CharacterMap parse(String mappings) {
        Map<Character, Character> toClient = new HashMap<>();
        Map<Character, Character> toHost = new HashMap<>();
        for (String pair : mappings.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            String[] sides = pair.trim().split(":", -1);
            if (sides.length != 2) {
                throw new IllegalArgumentException("no pair of characters: " + pair);
            }
            char host = unit(sides[0]);
            char client = unit(sides[1]);
            if (host == '/' || host == '.' || client == '\\' || client == '/') {
                throw new IllegalArgumentException("not to be mapped: " + pair);
            }
            toClient.put(host, client);
            toHost.put(client, host);
        }
        return new CharacterMap(toClient, toHost);
    }

    private static char unit(String number) {
        int value = Integer.decode(number.trim());
        if (value <= 0 || value > Character.MAX_VALUE || Character.isSurrogate((char) value)) {
            throw new IllegalArgumentException("no character: " + number);
        }
        return (char) value;
    }

    boolean isEmpty() {
        return toClient.isEmpty();
    }

    /** A name of the host in the client's characters. */
    String client(String hostName) {
        return mapped(hostName, toClient);
    }

    /** A name of a client in the host's characters. */
    String host(String clientName) {
        return mapped(clientName, toHost);
    }

    private static String mapped(String name, Map<Character, Character> map) {
        if (map.isEmpty()) {
            return name;
        }
        StringBuilder mapped = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            mapped.setCharAt(i, map.getOrDefault(name.charAt(i), name.charAt(i)));
        }
        return mapped.toString();
    }
}
