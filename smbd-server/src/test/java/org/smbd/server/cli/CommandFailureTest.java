package org.smbd.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.smbd.server.config.ConfigException;
import org.smbd.server.config.Origin;

class CommandFailureTest {
    @Test
    void eachKindHasItsStatus() {
        assertEquals(2, status(new ConfigException(new Origin("f", 1), "k", "wrong")));
        assertEquals(2, status(new IllegalArgumentException("wrong")));
        assertEquals(3, status(new BindException("Address already in use")));
        assertEquals(4, status(new BindException("Permission denied")));
        assertEquals(4, status(new AccessDeniedException("/root/x")));
        assertEquals(4, status(new IOException("bind(..) failed: Operation not permitted")));
        assertEquals(1, status(new IOException("No space left on device")));
        assertEquals(1, status(new IllegalStateException("bug")));
    }

    @Test
    void whatWrapsTheReasonIsTakenOff() {
        assertEquals(3, status(new UncheckedIOException(new BindException("Address already in use"))));
        assertEquals(4, status(new ExecutionException(new AccessDeniedException("/x"))));
    }

    @Test
    void theMessageIsOneLineThatSaysWhat() {
        assertEquals("a; b", CommandFailure.of(new IOException("a\n  b\n")).message());
        assertEquals(
                "/root/x: permission denied",
                CommandFailure.of(new AccessDeniedException("/root/x")).message());
        assertEquals(
                "/none: NoSuchFile",
                CommandFailure.of(new NoSuchFileException("/none")).message());
        assertEquals(
                "java.lang.IllegalStateException",
                CommandFailure.of(new IllegalStateException()).message());
    }

    private static int status(Throwable thrown) {
        return CommandFailure.of(thrown).status();
    }
}
