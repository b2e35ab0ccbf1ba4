package org.smbd.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.smbd.server.config.ServerConfig;

/** The jar, as a user runs it; it must say no word of warning, and end well at SIGTERM. */
final class ServerOfJar extends ServerUnderTest {
    private static final String LISTENING = "listening tcp 127.0.0.1:";

    private final Process process;
    private final Path errors;
    private final int port;

    private ServerOfJar(ServerConfig config, Process process, Path errors) throws IOException {
        super(config);
        this.process = process;
        this.errors = errors;
        this.port = awaitReady(process.inputReader());
    }

    static ServerOfJar start(Path root, Map<String, String> global, Map<String, String> data) throws IOException {
        Path file = root.resolve("smb.conf");
        StringBuilder text = new StringBuilder();
        append(text, "global", global);
        append(text, "data", data);
        Files.writeString(file, text);
        Path errors = root.resolve("stderr");
        Process process = new ProcessBuilder(
                        System.getProperty("smbd.java", "java"),
                        "-jar",
                        System.getProperty("smbd.jar"),
                        "-c",
                        file.toString())
                .redirectError(errors.toFile())
                .start();
        return new ServerOfJar(ServerConfig.load(file).config(), process, errors);
    }

    private static void append(StringBuilder text, String section, Map<String, String> parameters) {
        text.append('[').append(section).append("]\n");
        parameters.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    }

    private int awaitReady(BufferedReader out) throws IOException {
        int bound = 0;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                bound = Integer.parseInt(line.substring(LISTENING.length()));
            } else if (line.equals("ready")) {
                return bound;
            }
        }
        throw new IOException("the jar did not start: " + Files.readString(errors));
    }

    @Override
    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            assertTrue(process.waitFor(10, TimeUnit.SECONDS), "SIGTERM did not end it");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        assertEquals(0, process.exitValue());
        String said = Files.readString(errors);
        assertTrue(!said.contains("WARNING:"), said);
    }
}
