package org.smbd.server.config;

import java.util.Locale;

/**
 * What the server calls itself.
 *
 * @param netbiosName in upper case, at most 15 characters
 * @param workgroup in upper case
 * @param serverString the description that a list of servers shows
 */
public record Names(String netbiosName, String workgroup, String serverString) {
    /** MS-NBTE 2.2.1: 16 characters, the last of which is the suffix. */
    public static final int NETBIOS_NAME_CHARACTERS_MAX = 15;

    public Names {
        check("netbios name", netbiosName);
        check("workgroup", workgroup);
    }

    static Names from(Values values, ServerVariables variables) {
        String name = values.expanded("netbios name", variables.netbiosName()).toUpperCase(Locale.ROOT);
        return checked(
                values,
                "netbios name",
                () -> new Names(
                        name,
                        values.expanded("workgroup", "WORKGROUP").toUpperCase(Locale.ROOT),
                        values.expanded("server string", "smbd %v")));
    }

    /** Turns what a record refuses into the mistake of a line. */
    static <T> T checked(Values values, String name, java.util.function.Supplier<T> record) {
        try {
            return record.get();
        } catch (IllegalArgumentException e) {
            throw values.wrong(name, String.valueOf(e.getMessage()));
        }
    }

    private static void check(String parameter, String name) {
        if (name.isEmpty() || name.length() > NETBIOS_NAME_CHARACTERS_MAX) {
            throw new IllegalArgumentException(parameter + " \"" + name + "\" has not 1 to 15 characters");
        }
    }
}
