package org.smbd.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * The variables of smb.conf that are known when the server starts.
 *
 * @param hostName {@code %h}
 * @param netbiosName {@code %L} and {@code %N}, until a client has called the server by another name
 * @param version {@code %v}
 */
record ServerVariables(String hostName, String netbiosName, String version) {
    /** Of this machine. */
    static ServerVariables ofHost() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        String label = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
        String version = ServerVariables.class.getPackage().getImplementationVersion();
        String netbios = label.substring(0, Math.min(label.length(), Names.NETBIOS_NAME_CHARACTERS_MAX));
        return new ServerVariables(host, netbios.toUpperCase(Locale.ROOT), version == null ? "development" : version);
    }

    /** Whether a value names a variable that only a connection, session or tree connect gives a value. */
    static boolean dependsOnClient(String value) {
        for (int at = value.indexOf('%'); at >= 0 && at + 1 < value.length(); at = value.indexOf('%', at + 2)) {
            if ("hLNv%d".indexOf(value.charAt(at + 1)) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The value with {@code %h %L %N %v %d} replaced; {@code %m} is "smbd", as one file serves all clients. */
    String expand(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%' || i + 1 == value.length()) {
                text.append(c);
                continue;
            }
            i++;
            switch (value.charAt(i)) {
                case 'h' -> text.append(hostName);
                case 'L', 'N' -> text.append(netbiosName);
                case 'v' -> text.append(version);
                case 'd' -> text.append(ProcessHandle.current().pid());
                case 'm' -> text.append("smbd");
                case '%' -> text.append('%');
                default -> text.append('%').append(value.charAt(i));
            }
        }
        return text.toString();
    }

    ServerVariables withNetbiosName(String name) {
        return new ServerVariables(hostName, name, version);
    }
}
