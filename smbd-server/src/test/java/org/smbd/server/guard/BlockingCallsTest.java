package org.smbd.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.vfs.LocalFileService;
import org.smbd.vfs.ShareOptions;
import org.smbd.vfs.node.NodeTable;

/** That a loop which blocks is caught. That ours does not, all tests show, as {@link RunGuard} watches them. */
class BlockingCallsTest {
    @TempDir
    private Path directory;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("smbd-loop", true), NioIoHandler.newFactory());

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private String firstCallOf(Callable<?> task) {
        loops.submit(task).syncUninterruptibly();
        List<String> calls = BlockingCalls.take();
        assertFalse(calls.isEmpty());
        return calls.get(0);
    }

    @Test
    void aLoopThatSleepsIsCaught() {
        String call = firstCallOf(() -> {
            Thread.sleep(1);
            return null;
        });
        assertTrue(call.contains("sleep") && call.contains(BlockingCallsTest.class.getName()), call);
    }

    @Test
    void aLoopThatWaitsForAnotherThreadIsCaught() {
        CountDownLatch never = new CountDownLatch(1);
        String call = firstCallOf(() -> never.await(10, TimeUnit.MILLISECONDS));
        assertTrue(call.contains("park"), call);
    }

    @Test
    void aLoopThatLooksAtADirectoryIsCaught() {
        String call = firstCallOf(() -> LocalFileService.open(ShareOptions.of(directory, "test"), new NodeTable()));
        assertTrue(call.contains("Posix"), call);
    }

    @Test
    void otherThreadsMayWait() throws InterruptedException {
        Thread.sleep(1);
        assertEquals(List.of(), BlockingCalls.take());
    }
}
