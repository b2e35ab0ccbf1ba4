package org.smbd.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z][^`]*)` \\| (\\S+) \\| .+ \\|$", Pattern.MULTILINE);

    @Test
    void theDocumentedTableIsTheOneOfTheCode() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "limits.md"));
        Map<String, String> documented = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(text);
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2));
        }

        Values values = Values.none();
        Limits limits = Limits.from(values);
        Map<String, String> coded = new LinkedHashMap<>();
        values.asked().forEach(parameter -> coded.put(parameter.name(), parameter.standard()));

        assertEquals(coded, documented);
        assertEquals(Limits.class.getRecordComponents().length, documented.size());
        assertEquals(Duration.ofSeconds(30), limits.login());
    }

    /** A limit that no test sets low is one that nobody has seen at work. */
    @Test
    void everyLimitIsHitByATestThatSetsIt() throws IOException {
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith("Test.java")
                            && !path.startsWith(Path.of("src/test/java/org/smbd/server/config")))
                    .toList()) {
                tests.append(Files.readString(source));
            }
        }
        Values values = Values.none();
        Limits.from(values);
        Set<String> missing = new TreeSet<>();
        values.asked().forEach(parameter -> missing.add(parameter.name()));
        missing.removeIf(name -> tests.indexOf('"' + name + '"') >= 0);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyLimitIsRead() {
        ServerConfigBuilder builder = ServerConfig.builder();
        Values values = Values.none();
        Limits standard = Limits.from(values);
        values.asked().forEach(parameter -> builder.set(parameter.name(), other(parameter.name())));
        Limits set = builder.build().limits();

        for (var component : Limits.class.getRecordComponents()) {
            assertTrue(!valueOf(component, standard).equals(valueOf(component, set)), component.getName());
        }
    }

    @Test
    void zeroIsTheDefaultWhereSambaMeansWithoutLimit() {
        Limits limits = ServerConfig.builder()
                .set("max smbd processes", "0")
                .set("max ip connections", "0")
                .build()
                .limits();
        assertEquals(10_000, limits.connections());
        assertEquals(1_024, limits.connectionsPerAddress());
    }

    @Test
    void ksmbdsMaxConnectionsBoundsTheServer() {
        Limits limits =
                ServerConfig.builder().set("max connections", "128").build().limits();
        assertEquals(128, limits.connections());
    }

    @Test
    void limitsThatContradictEachOtherAreRefused() {
        ServerConfigBuilder durable = ServerConfig.builder().set("max durable handle timeout", "30");
        assertTrue(assertThrows(ConfigException.class, durable::build)
                .getMessage()
                .contains("durable handle timeout is above max durable handle timeout"));
        ServerConfigBuilder inFlight = ServerConfig.builder().set("max bytes in flight", "1M");
        assertTrue(assertThrows(ConfigException.class, inFlight::build)
                .getMessage()
                .contains("max bytes in flight is below smb2 max write"));
    }

    private static Object valueOf(java.lang.reflect.RecordComponent component, Limits limits) {
        try {
            return component.getAccessor().invoke(limits);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record can be asked", e);
        }
    }

    private static String other(String name) {
        return switch (name) {
            case "smb2 max read", "smb2 max write", "smb2 max trans", "max bytes in flight" -> "4M";
            case "max frame before login", "max bytes queued" -> "128K";
            case "max security token" -> "32K";
            case "max durable handle timeout" -> "200";
            default -> "17";
        };
    }
}
