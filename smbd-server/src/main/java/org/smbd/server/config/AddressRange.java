package org.smbd.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An address with the mask that says how much of it counts: {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, {@code
 * fe80::/10} or one address.
 *
 * @param address as written; never asked of a name service
 * @param prefixBits how many leading bits count
 */
record AddressRange(InetAddress address, int prefixBits) {
    /** Empty if the text is no address. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().getAddress().length * 8;
        if (slash < 0) {
            return Optional.of(new AddressRange(address.get(), bits));
        }
        int prefix = prefixBits(text.substring(slash + 1), bits);
        return prefix < 0 ? Optional.empty() : Optional.of(new AddressRange(address.get(), prefix));
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((mine[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }

    boolean isSingle() {
        return prefixBits == address.getAddress().length * 8;
    }

    /** An address written in digits; brackets around IPv6 are allowed. */
    private static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        boolean looksLikeAddress = bare.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                || (bare.indexOf(':') >= 0 && bare.matches("[0-9a-fA-F:.%\\w]+"));
        if (!looksLikeAddress) {
            return Optional.empty();
        }
        try {
            // With a colon or four numbers this parses, and asks nobody.
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static int prefixBits(String text, int bits) {
        if (text.matches("\\d{1,3}")) {
            int prefix = Integer.parseInt(text);
            return prefix <= bits ? prefix : -1;
        }
        Optional<InetAddress> mask = literal(text);
        if (mask.isEmpty() || mask.get().getAddress().length * 8 != bits) {
            return -1;
        }
        int prefix = 0;
        boolean ended = false;
        for (byte octet : mask.get().getAddress()) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean one = ((octet >> bit) & 1) == 1;
                if (one && ended) {
                    return -1;
                }
                ended |= !one;
                prefix += one ? 1 : 0;
            }
        }
        return prefix;
    }
}
