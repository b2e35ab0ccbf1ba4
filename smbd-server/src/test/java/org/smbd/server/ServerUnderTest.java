package org.smbd.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.control.ControlClient;

/**
 * A server with one account and the writable share {@code data}: in this process, or, with the system property
 * {@code smbd.jar}, that jar in a process of its own, on the JVM that {@code smbd.java} names.
 */
abstract sealed class ServerUnderTest implements AutoCloseable permits ServerInProcess, ServerOfJar {
    static final String USER = System.getProperty("user.name");
    static final String PASSWORD = "correct horse";

    private final ServerConfig config;

    ServerUnderTest(ServerConfig config) {
        this.config = config;
    }

    /** Whether it is the jar. */
    static boolean isJar() {
        return System.getProperty("smbd.jar") != null;
    }

    /** @param parameters of the global section */
    static ServerUnderTest start(Path root, Map<String, String> parameters) throws IOException {
        Path secrets = Files.createDirectories(root.resolve("private"));
        FileAccountStore accounts = FileAccountStore.open(secrets, Clock.systemUTC());
        if (accounts.find(USER).isEmpty()) {
            accounts.add(USER, PASSWORD);
        }
        Map<String, String> global = new LinkedHashMap<>();
        global.put("smb ports", "0");
        global.put("interfaces", "127.0.0.1");
        global.put("bind interfaces only", "yes");
        global.put("private dir", secrets.toString());
        for (String kind : List.of("state", "lock", "cache", "pid")) {
            global.put(kind + " directory", root.resolve(kind).toString());
        }
        global.putAll(parameters);
        Path share = Files.createDirectories(root.resolve("share"));
        Map<String, String> data = Map.of("path", share.toString(), "read only", "no");
        return isJar() ? ServerOfJar.start(root, global, data) : ServerInProcess.start(global, data);
    }

    /** The first port that it listens on. */
    abstract int port();

    @Override
    public abstract void close() throws IOException;

    /** The objects of one array of the status, by their fields. */
    final List<Map<String, String>> status(String array) throws IOException {
        List<Map<String, String>> objects = new ArrayList<>();
        String text = ControlClient.status(config.directories().controlSocket());
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != JsonToken.START_ARRAY
                    || !json.currentName().equals(array)) {
                if (json.currentToken() == null) {
                    throw new IOException("no " + array + " in " + text);
                }
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> fields = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    fields.put(name, json.getText());
                }
                objects.add(fields);
            }
        }
        return objects;
    }
}
