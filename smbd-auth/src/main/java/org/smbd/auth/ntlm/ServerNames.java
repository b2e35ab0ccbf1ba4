package org.smbd.auth.ntlm;

import java.util.Locale;

/**
 * How this server calls itself. MS-NLMP 3.2.1.1, 2.2.2.1.
 *
 * @param netbiosComputer at most 15 characters, upper case
 * @param netbiosDomain the workgroup's or, on a standalone server, the computer's name, upper case
 * @param dnsComputer fully qualified, or the host name alone
 * @param dnsDomain empty where there is none
 */
public record ServerNames(String netbiosComputer, String netbiosDomain, String dnsComputer, String dnsDomain) {
    private static final int NETBIOS_CHARACTERS_MAX = 15;

    public ServerNames {
        netbiosComputer = netbios(netbiosComputer);
        netbiosDomain = netbios(netbiosDomain);
    }

    private static String netbios(String name) {
        String cut = name.length() > NETBIOS_CHARACTERS_MAX ? name.substring(0, NETBIOS_CHARACTERS_MAX) : name;
        return cut.toUpperCase(Locale.ROOT);
    }
}
