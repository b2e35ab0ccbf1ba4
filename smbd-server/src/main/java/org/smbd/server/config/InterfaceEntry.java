package org.smbd.server.config;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One word of {@code interfaces}, as Samba has it: {@code "eth0;speed=10000000000,capability=RSS,if_index=7"}. What is
 * not said the system knows.
 *
 * @param pattern an address, a network or the name of an interface, perhaps with a star behind it
 * @param speedBits bits per second
 * @param capability bits of MS-SMB2 2.2.32.5 NETWORK_INTERFACE_INFO Response
 * @param ifIndex how clients tell interfaces apart
 */
public record InterfaceEntry(String pattern, OptionalLong speedBits, OptionalInt capability, OptionalInt ifIndex) {
    private static final int RSS_CAPABLE = 0x1;

    /** Reads a word. */
    static InterfaceEntry parse(Values values, String word) {
        int semicolon = word.indexOf(';');
        if (semicolon < 0) {
            return new InterfaceEntry(word, OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty());
        }
        OptionalLong speed = OptionalLong.empty();
        OptionalInt capability = OptionalInt.empty();
        OptionalInt index = OptionalInt.empty();
        for (String option : word.substring(semicolon + 1).split(",", -1)) {
            int equals = option.indexOf('=');
            String key =
                    (equals < 0 ? option : option.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : option.substring(equals + 1).strip();
            switch (key) {
                case "speed" -> speed = OptionalLong.of(number(values, word, value, Long.MAX_VALUE));
                case "capability" -> capability = OptionalInt.of(capability(values, word, value, capability.orElse(0)));
                case "if_index" -> index = OptionalInt.of((int) number(values, word, value, Integer.MAX_VALUE));
                default -> throw values.wrong("interfaces", "\"" + word + "\" holds an unknown option, " + key);
            }
        }
        return new InterfaceEntry(word.substring(0, semicolon).strip(), speed, capability, index);
    }

    /** RDMA is another transport, which this server does not have: to announce it would lead clients astray. */
    private static int capability(Values values, String word, String value, int before) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "RSS" -> before | RSS_CAPABLE;
            case "RDMA", "" -> before;
            default -> throw values.wrong("interfaces", "\"" + word + "\": " + value + " is neither RSS nor RDMA");
        };
    }

    private static long number(Values values, String word, String digits, long max) {
        try {
            long number = Long.parseLong(digits);
            if (number > 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // said below
        }
        throw values.wrong("interfaces", "\"" + word + "\": \"" + digits + "\" is no number from 1 to " + max);
    }
}
