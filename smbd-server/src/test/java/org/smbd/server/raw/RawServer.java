package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.server.SmbServer;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ServerConfigBuilder;
import org.smbd.server.control.ServerStatus;

/** A server in this process with the shares {@code data} and {@code sealed}, the latter of which demands encryption. */
final class RawServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final String USER = System.getProperty("user.name");
    static final String OTHER = "nobody";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SmbServer server;
    private final int port;
    private final Path share;

    RawServer(Path directory, Map<String, String> parameters) throws IOException {
        this(directory, parameters, Map.of());
    }

    /** @param shareParameters of both shares */
    RawServer(Path directory, Map<String, String> parameters, Map<String, String> shareParameters) throws IOException {
        this(directory, parameters, shareParameters, Optional.empty());
    }

    /** A server whose files come from elsewhere than this host's directories. */
    RawServer(Path directory, SmbServer.FileServiceFactory files) throws IOException {
        this(directory, Map.of(), Map.of(), Optional.of(files));
    }

    private RawServer(
            Path directory,
            Map<String, String> parameters,
            Map<String, String> shareParameters,
            Optional<SmbServer.FileServiceFactory> files)
            throws IOException {
        share = Files.createDirectories(directory.resolve("share"));
        Path secrets = Files.createDirectories(directory.resolve("private"));
        FileAccountStore accounts = FileAccountStore.open(secrets, Clock.systemUTC());
        for (String name : new String[] {USER, OTHER}) {
            if (accounts.find(name).isEmpty()) { // it may be there from the server before
                accounts.add(name, PASSWORD);
            }
        }
        ServerConfigBuilder builder = ServerConfig.builder()
                .set("smb ports", "0")
                .set("interfaces", "127.0.0.1")
                .set("bind interfaces only", "yes")
                .set("private dir", secrets.toString());
        parameters.forEach(builder::set);
        Map<String, String> data = new HashMap<>(shareParameters);
        data.putAll(Map.of("path", share.toString(), "read only", "no"));
        builder.share("data", data);
        Map<String, String> sealed = new HashMap<>(data);
        sealed.put("server smb encrypt", "required");
        builder.share("sealed", sealed);
        SmbServer.Builder made = SmbServer.builder(builder.build()).accounts(accounts);
        files.ifPresent(made::files);
        server = made.build();
        port = server.start().get(0).address().getPort();
    }

    int port() {
        return port;
    }

    /** Where the files of both shares are. */
    Path share() {
        return share;
    }

    /** A client that has said nothing. */
    RawClient client() throws IOException {
        return new RawClient(port);
    }

    ServerStatus status() {
        return server.status();
    }

    /** Waits for the server to look as the test wants it. */
    void await(Predicate<ServerStatus> condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(status()) && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertTrue(condition.test(status()), () -> status().toString());
    }

    /** Waits for the server to have nothing left of its clients. */
    void awaitNothingLeft() throws InterruptedException {
        await(status -> status.connections().isEmpty()
                && status.sessions().isEmpty()
                && status.trees().isEmpty()
                && status.opens().isEmpty());
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(5));
    }
}
