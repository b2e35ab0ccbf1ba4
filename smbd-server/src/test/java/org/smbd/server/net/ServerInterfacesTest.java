package org.smbd.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.protocol.fsctl.NetworkInterfaceInfo;
import org.smbd.server.config.ConfigException;
import org.smbd.server.config.Listen;
import org.smbd.server.config.ServerConfig;

/** Which addresses clients are told of, and with what speed. */
class ServerInterfacesTest {
    @TempDir
    private Path devices;

    private static Listen listen(String interfaces) {
        return ServerConfig.builder().set("interfaces", interfaces).build().listen();
    }

    private static NetworkInterfaceInfo info(String address) throws IOException {
        return new NetworkInterfaceInfo(1, 0, 1, InetAddress.getByName(address));
    }

    @Test
    void whatTheConfigurationSaysOfAnInterfaceHolds() throws IOException {
        List<NetworkInterfaceInfo> found =
                new ServerInterfaces(listen("\"127.0.0.1;speed=10000000000,capability=RSS,if_index=7\"")).list();
        assertEquals(
                List.of(new NetworkInterfaceInfo(
                        7, NetworkInterfaceInfo.RSS_CAPABLE, 10_000_000_000L, InetAddress.getLoopbackAddress())),
                found);
    }

    @Test
    void whatItDoesNotSayTheSystemDoes() throws IOException {
        List<NetworkInterfaceInfo> found = new ServerInterfaces(listen("127.0.0.1")).list();
        int index = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getIndex();
        assertEquals(
                List.of(new NetworkInterfaceInfo(index, 0, 1_000_000_000L, InetAddress.getLoopbackAddress())), found);
    }

    @Test
    void anAddressThatThisMachineDoesNotHaveIsNotTold() throws IOException {
        assertEquals(List.of(), new ServerInterfaces(listen("192.0.2.77")).list());
    }

    @Test
    void allThatIsToldCanBeConnectedTo() throws IOException {
        for (NetworkInterfaceInfo info : new ServerInterfaces(listen("")).list()) {
            NetworkInterface network = NetworkInterface.getByInetAddress(info.address());
            assertTrue(network.isUp());
            assertFalse(info.address().isLinkLocalAddress());
            assertTrue(info.ifIndex() > 0 && info.linkSpeedBits() > 0);
        }
    }

    @Test
    void theLoopbackIsToldOnlyWhereThereIsNothingElse() throws IOException {
        NetworkInterfaceInfo loopback = info("127.0.0.1");
        NetworkInterfaceInfo other = info("192.0.2.1");
        assertEquals(List.of(other), ServerInterfaces.reachable(List.of(loopback, other, info("::1"))));
        assertEquals(List.of(loopback), ServerInterfaces.reachable(List.of(loopback)));
    }

    @Test
    void speedAndQueuesAreThoseOfTheLink() throws IOException {
        ServerInterfaces interfaces = new ServerInterfaces(listen(""), devices);
        Path fast = Files.createDirectories(devices.resolve("fast"));
        Files.writeString(fast.resolve("speed"), "25000\n");
        Files.createDirectories(fast.resolve("queues/rx-0"));
        Files.createDirectories(fast.resolve("queues/tx-0"));
        assertEquals(25_000_000_000L, interfaces.speedBits("fast"));
        assertEquals(0, interfaces.capability("fast"));
        Files.createDirectories(fast.resolve("queues/rx-1"));
        assertEquals(NetworkInterfaceInfo.RSS_CAPABLE, interfaces.capability("fast"));
        Files.writeString(fast.resolve("speed"), "-1\n");
        assertEquals(1_000_000_000L, interfaces.speedBits("fast"));
        assertEquals(1_000_000_000L, interfaces.speedBits("none"));
        assertEquals(0, interfaces.capability("none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"lo;speed=fast\"",
                "\"lo;speed=0\"",
                "\"lo;capability=TURBO\"",
                "\"lo;if_index=4294967296\"",
                "\"lo;colour=red\""
            })
    void whatIsWrittenWrongIsRefused(String interfaces) {
        assertThrows(ConfigException.class, () -> listen(interfaces));
    }
}
