package org.smbd.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.smbd.protocol.fsctl.NetworkInterfaceInfo;
import org.smbd.server.config.InterfaceEntry;
import org.smbd.server.config.Listen;

/**
 * The interfaces that clients are told of: MS-SMB2 3.3.5.15.11 Handling a Query Network Interface Request. Those that
 * {@code interfaces} names, or all; of them, what is up and reachable from elsewhere. The loopback is told of only
 * where there is nothing else. Asked anew each time: cables are pulled, addresses change.
 */
public final class ServerInterfaces {
    /** What Samba says, too, where the system does not know: of virtual interfaces, mostly. */
    private static final long UNKNOWN_SPEED_BITS = 1_000_000_000L;

    private static final long MEGABIT = 1_000_000L;
    private static final InterfaceEntry ANY =
            new InterfaceEntry("", OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty());

    private final Listen listen;
    private final Path devices;

    /**
     * The interfaces of this machine.
     *
     * @param listen which of them are served
     */
    public ServerInterfaces(Listen listen) {
        this(listen, Path.of("/sys/class/net"));
    }

    /** @param devices what sysfs(5) says of them: a directory for each */
    ServerInterfaces(Listen listen, Path devices) {
        this.listen = listen;
        this.devices = devices;
    }

    /** One for each address. */
    public List<NetworkInterfaceInfo> list() throws SocketException {
        Map<InetAddress, NetworkInterfaceInfo> found = new LinkedHashMap<>();
        if (listen.interfaces().isEmpty()) {
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                for (InetAddress address : network.inetAddresses().toList()) {
                    add(found, network, address, ANY);
                }
            }
        }
        for (InterfaceEntry entry : listen.interfaces()) {
            for (InetAddress address : Listen.matching(entry.pattern())) {
                add(found, NetworkInterface.getByInetAddress(address), address, entry);
            }
        }
        return reachable(found.values());
    }

    /** Without the loopback, unless that is all there is. */
    static List<NetworkInterfaceInfo> reachable(Collection<NetworkInterfaceInfo> all) {
        List<NetworkInterfaceInfo> others =
                all.stream().filter(info -> !info.address().isLoopbackAddress()).toList();
        return others.isEmpty() ? List.copyOf(all) : others;
    }

    private void add(
            Map<InetAddress, NetworkInterfaceInfo> found,
            NetworkInterface network,
            InetAddress address,
            InterfaceEntry entry)
            throws SocketException {
        boolean usable = network != null
                && network.isUp()
                && network.getIndex() > 0
                && !address.isLinkLocalAddress() // of use only with a scope, which differs from host to host
                && !address.isMulticastAddress()
                && !address.isAnyLocalAddress();
        if (usable) {
            String name = network.getName();
            found.putIfAbsent(
                    address,
                    new NetworkInterfaceInfo(
                            entry.ifIndex().orElse(network.getIndex()),
                            entry.capability().orElseGet(() -> capability(name)),
                            entry.speedBits().orElseGet(() -> speedBits(name)),
                            address));
        }
    }

    /** What the link was negotiated to; sysfs says so in megabits, and -1 where nobody knows. */
    long speedBits(String name) {
        try {
            long megabits = Long.parseLong(
                    Files.readString(devices.resolve(name).resolve("speed")).strip());
            return megabits > 0 ? megabits * MEGABIT : UNKNOWN_SPEED_BITS;
        } catch (IOException | NumberFormatException unknown) {
            return UNKNOWN_SPEED_BITS;
        }
    }

    /** Receive side scaling: more than one queue receives. */
    int capability(String name) {
        List<Path> queues = new ArrayList<>();
        try (DirectoryStream<Path> received =
                Files.newDirectoryStream(devices.resolve(name).resolve("queues"), "rx-*")) {
            received.forEach(queues::add);
        } catch (IOException unknown) {
            return 0;
        }
        return queues.size() > 1 ? NetworkInterfaceInfo.RSS_CAPABLE : 0;
    }
}
