package org.smbd.server.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where connections are accepted.
 *
 * @param tcpPorts ports of SMB directly over TCP; 0 lets the system choose
 * @param nbtPorts ports of SMB over the NetBIOS session service (RFC 1002); 0 lets the system choose
 * @param interfaces addresses, networks and names of network interfaces
 * @param bindInterfacesOnly whether to listen on those only, or everywhere
 */
public record Listen(
        List<Integer> tcpPorts, List<Integer> nbtPorts, List<InterfaceEntry> interfaces, boolean bindInterfacesOnly) {
    /** Direct TCP, MS-SMB2 2.1 Transport. */
    public static final int TCP_PORT = 445;

    /** The NetBIOS session service, RFC 1002 4.3. */
    public static final int NBT_PORT = 139;

    public Listen {
        tcpPorts = List.copyOf(tcpPorts);
        nbtPorts = List.copyOf(nbtPorts);
        interfaces = List.copyOf(interfaces);
        if (tcpPorts.isEmpty() && nbtPorts.isEmpty()) {
            throw new IllegalArgumentException("no port is left to listen on");
        }
    }

    static Listen from(Values values) {
        String name = "server smb transports";
        Set<Integer> tcp = new LinkedHashSet<>();
        Set<Integer> nbt = new LinkedHashSet<>();
        for (String word : values.list(name, List.of("tcp"))) {
            String plain = word.toLowerCase(Locale.ROOT);
            if (plain.startsWith("+")) {
                tcp.add(TCP_PORT);
                plain = plain.substring(1);
            }
            int colon = plain.indexOf(':');
            String transport = colon < 0 ? plain : plain.substring(0, colon);
            boolean number = plain.matches("\\d+");
            if (transport.equals("tcp") || (number && !plain.equals("139"))) {
                tcp.add(number || colon >= 0 ? port(values, word, plain.substring(colon + 1)) : TCP_PORT);
            } else if (transport.equals("nbt") || number) {
                nbt.add(number || colon >= 0 ? port(values, word, plain.substring(colon + 1)) : NBT_PORT);
            } else {
                throw values.wrong(name, "\"" + word + "\" is neither tcp, nbt nor a port");
            }
        }
        if (values.bool("disable netbios", false)) {
            nbt.clear();
        }
        List<InterfaceEntry> interfaces = values.list("interfaces", List.of()).stream()
                .map(entry -> InterfaceEntry.parse(values, entry))
                .toList();
        boolean only = values.bool("bind interfaces only", false);
        return Names.checked(values, name, () -> new Listen(List.copyOf(tcp), List.copyOf(nbt), interfaces, only));
    }

    /**
     * The addresses to bind to: the wildcard, unless only the interfaces are wanted.
     *
     * @throws IllegalArgumentException if {@code interfaces} names none that this machine has
     */
    public List<InetAddress> addresses() throws SocketException {
        if (!bindInterfacesOnly || interfaces.isEmpty()) {
            return List.of(wildcard());
        }
        Set<InetAddress> chosen = new LinkedHashSet<>();
        for (InterfaceEntry wanted : interfaces) {
            chosen.addAll(matching(wanted.pattern()));
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("interfaces: this machine has none of "
                    + String.join(
                            ", ",
                            interfaces.stream().map(InterfaceEntry::pattern).toList()));
        }
        return List.copyOf(chosen);
    }

    /** The addresses of this machine that an address, a network or the name of an interface means. */
    public static List<InetAddress> matching(String text) throws SocketException {
        AddressRange range = AddressRange.parse(text).orElse(null);
        if (range != null && (range.isSingle() || range.address().isLoopbackAddress())) {
            return List.of(range.address());
        }
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            boolean named = range == null && matchesName(text, network.getName());
            network.inetAddresses()
                    .filter(address -> named || (range != null && range.contains(address)))
                    .forEach(found::add);
        }
        // A machine's own address with its netmask: that address, not the network.
        return range != null && found.contains(range.address()) ? List.of(range.address()) : found;
    }

    private static boolean matchesName(String wanted, String name) {
        return wanted.endsWith("*")
                ? name.startsWith(wanted.substring(0, wanted.length() - 1))
                : name.equalsIgnoreCase(wanted);
    }

    private static InetAddress wildcard() {
        try {
            return InetAddress.getByAddress(new byte[16]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    private static int port(Values values, String word, String digits) {
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65_535) {
            throw values.wrong("server smb transports", "\"" + word + "\" holds no port from 0 to 65535");
        }
        return Integer.parseInt(digits);
    }
}
