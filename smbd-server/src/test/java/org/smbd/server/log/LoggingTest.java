package org.smbd.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.smbd.server.config.Log;

@Isolated
class LoggingTest {
    @TempDir
    Path directory;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final PrintStream stderr = System.err;

    @AfterEach
    void restore() throws JoranException {
        System.setErr(stderr);
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"0, INFO", "1, INFO", "2, INFO", "3, DEBUG", "9, DEBUG", "10, TRACE"})
    void levelsOfSmbConf(int level, String expected) {
        assertEquals(Level.toLevel(expected), Logging.level(level));
    }

    @Test
    void withoutAFileLinesGoToStandardErrorOneEach() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        Logging.configure(new Log(Optional.empty(), 0, Map.of(), 5_000));

        LoggerFactory.getLogger("org.smbd.server.smb2.TreeConnect").info("alice\r\nforged line");
        LoggerFactory.getLogger("org.smbd.server.smb2.TreeConnect").debug("not shown");
        LoggerFactory.getLogger("io.netty.Some").info("not shown");

        Logging.end();
        List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(
                lines.get(0)
                        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}"
                                + " INFO  TreeConnect: alice forged line"),
                lines.get(0));
    }

    @Test
    void withAFileLinesGoThere() throws IOException {
        Path file = directory.resolve("made/smbd.log");
        Logging.configure(new Log(Optional.of(file), 3, Map.of(), 0));
        LoggerFactory.getLogger("org.smbd.Test").debug("hello");
        Logging.end();
        assertTrue(Files.readString(file).contains("DEBUG Test: hello"));
    }

    @Test
    void classesHaveLevelsOfTheirOwn() throws IOException {
        Logging.configure(new Log(Optional.empty(), 1, Map.of("auth", 10, "printdrivers", 10), 0));
        assertTrue(LoggerFactory.getLogger("org.smbd.auth.ntlm.NtlmExchange").isTraceEnabled());
        assertFalse(LoggerFactory.getLogger("org.smbd.vfs.FileService").isDebugEnabled());
        assertTrue(LoggerFactory.getLogger("org.smbd.vfs.FileService").isInfoEnabled());
    }

    @Test
    void aFileThatIsTooLongIsRolledAndOneOlderKept() throws IOException {
        Path file = directory.resolve("smbd.log");
        Files.writeString(file, "x".repeat(20_000) + "\n");
        Logging.configure(new Log(Optional.of(file), 0, Map.of(), 10));
        var logger = LoggerFactory.getLogger("org.smbd.Test");
        // Logback looks at the size once in a while, by its clock.
        for (long until = System.nanoTime() + 30_000_000_000L;
                Files.notExists(directory.resolve("smbd.log.1")) && System.nanoTime() < until; ) {
            logger.info("line");
            Thread.onSpinWait();
        }
        assertTrue(Files.size(directory.resolve("smbd.log.1")) >= 20_000);
    }

    @Test
    void aLogThatCannotBeWrittenIsAFailure() throws IOException {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        Log log = new Log(Optional.of(inTheWay.resolve("smbd.log")), 0, Map.of(), 0);
        assertThrows(IOException.class, () -> Logging.configure(log));
    }
}
