package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.Smb2Command;

/** The limits of docs/limits.md that hold a connection back, or watch over it, below the protocol. */
class FlowLimitTest {
    private static final int LOGINS = 20;

    /** With its padding, a message of nearly the greatest size that a log-in may have. */
    private static final int TOKEN_PADDING_BYTES = 60_000;

    @TempDir
    private Path directory;

    private static void assertServed(RawClient client, RawSession session) throws IOException {
        client.call(session, Smb2Command.ECHO, new EchoRequest()).expect(NtStatus.SUCCESS);
    }

    /** Log-ins that fail are answered late, and until then their messages are held. */
    @Test
    void aboveMaxBytesInFlightNothingMoreIsReadAndOthersAreServed() throws IOException {
        Map<String, String> parameters = Map.of(
                "max bytes in flight", "1M",
                "smb2 max write", "1M",
                "max pending logins", "64",
                "login failures before delay", "1",
                "login failure delay", "1500");
        try (RawServer server = new RawServer(directory, parameters);
                RawClient honest = server.client().negotiate();
                RawClient greedy = server.client().negotiate()) {
            RawSession session = honest.logIn(USER, PASSWORD);
            RawSession theirs = greedy.logIn(USER, PASSWORD);
            failOften(greedy);
            List<RawLogin> logins = new ArrayList<>();
            for (int i = 0; i < LOGINS; i++) {
                RawLogin login = new RawLogin(greedy, "mallory", "guess");
                login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
                logins.add(login);
            }
            for (RawLogin login : logins) {
                login.sendSecond(TOKEN_PADDING_BYTES);
            }
            greedy.send(theirs.protect(greedy.build(theirs, Smb2Command.ECHO, new EchoRequest())));
            assertServed(honest, session);
            greedy.receive().expect(NtStatus.LOGON_FAILURE); // the ECHO, which nothing delays, was not read yet
            int echoes = 0;
            for (int i = 0; i < LOGINS; i++) {
                echoes += greedy.receive().header().command() == Smb2Command.ECHO ? 1 : 0;
            }
            assertEquals(1, echoes);
            assertServed(greedy, theirs);
        }
    }

    /** Until the delay is as long as it gets. */
    private static void failOften(RawClient client) throws IOException {
        for (int i = 0; i < 4; i++) {
            RawLogin login = new RawLogin(client, "mallory", "guess");
            login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
            login.second().expect(NtStatus.LOGON_FAILURE);
        }
    }

    /** proc(5): of a socket whose keepalive timer runs, {@code tr} is 02, and {@code tm->when} its rest in 10 ms. */
    @Test
    void aSilentPeerIsProbedWithinTheKeepaliveTime() throws IOException {
        Path table = Path.of("/proc/net/tcp");
        Assumptions.assumeTrue(Files.isReadable(table), "no " + table);
        try (RawServer server = new RawServer(directory, Map.of("keepalive", "7"));
                RawClient client = server.client().negotiate()) {
            RawSession session = client.logIn(USER, PASSWORD);
            String timer = idleTimer(server.port());
            int colon = timer.indexOf(':');
            assertEquals("02", timer.substring(0, colon));
            long rest = Long.parseLong(timer.substring(colon + 1), 16);
            assertTrue(rest > 0 && rest <= 700, timer);
            assertServed(client, session);
        }
        try (RawServer server = new RawServer(directory.resolve("never"), Map.of("keepalive", "0"));
                RawClient client = server.client().negotiate()) {
            client.logIn(USER, PASSWORD);
            assertTrue(idleTimer(server.port()).startsWith("00"));
        }
    }

    /** The timer of the one connection that a port has accepted, when all that was sent has been acknowledged. */
    private static String idleTimer(int port) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> timers = accepted(port);
        while (timers.stream().anyMatch(timer -> timer.startsWith("01")) && System.nanoTime() < end) {
            timers = accepted(port);
        }
        assertEquals(1, timers.size(), timers.toString());
        return timers.get(0);
    }

    /** The timers of the established connections that a port has accepted. */
    private static List<String> accepted(int port) throws IOException {
        List<String> timers = new ArrayList<>();
        String local = String.format(":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.trim().split("\\s+"))
                        .filter(columns -> columns[1].endsWith(local) && columns[3].equals("01"))
                        .forEach(columns -> timers.add(columns[5]));
            }
        }
        return timers;
    }
}
