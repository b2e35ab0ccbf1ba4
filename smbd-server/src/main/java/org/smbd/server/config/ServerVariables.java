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
        int from = 0;
        for (int at = value.indexOf('%'); at >= 0 && at + 1 < value.length(); at = value.indexOf('%', from)) {
            text.append(value, from, at).append(variable(value.charAt(at + 1)));
            from = at + 2;
        }
        text.append(value, from, value.length());
        return text.toString();
    }

    private String variable(char name) {
        return switch (name) {
            case 'h' -> hostName;
            case 'L', 'N' -> netbiosName;
            case 'v' -> version;
            case 'd' -> Long.toString(ProcessHandle.current().pid());
            case 'm' -> "smbd";
            case '%' -> "%";
            default -> "%" + name;
        };
    }

    ServerVariables withNetbiosName(String name) {
        return new ServerVariables(hostName, name, version);
    }
}
