package org.smbd.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class behind which a buffer is found leaked, or during which an event loop blocked. Registered for all
 * classes by {@code META-INF/services}, before the first of them has made a buffer or a thread.
 */
public final class RunGuard implements AfterAllCallback {
    public RunGuard() {
        Leaks.watch();
        BlockingCalls.watch();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        assertEquals(List.of(), BlockingCalls.take(), "blocked on an event loop");
        assertEquals(List.of(), Leaks.take(), "leaked, by this class or one before it");
    }
}
