package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ShareAccess;

/** {@link FileServiceContract} on a directory of this host. */
class FileServiceOnHostTest extends FileServiceContract {
    @TempDir
    Path directory;

    @Override
    Path makeRoot() {
        return directory;
    }

    /** Not in memory: java.nio works by path, and takes a new file of the same name for the deleted one. */
    @Test
    void opensAndDeletionsInParallelLeaveNothingBehind() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(pool.submit(() -> {
                for (int round = 0; round < 200; round++) {
                    if (open("x", ALL, ShareAccess.ALL, CreateDisposition.OPEN_IF, CreateOptions.DELETE_ON_CLOSE)
                            instanceof Outcome.Done<OpenResult> done) {
                        files.write(done.value().open(), 0, bytes("x"), false, LockOwner.OPEN);
                        files.close(done.value().open());
                    }
                }
            }));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        pool.shutdown();
        assertTrue(Files.notExists(root.resolve("x")));
    }
}
