package org.smbd.benchmarks.trial;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two users at once, each making files named after itself and trying to open the other's private file.
 *
 * <p>{@code TwoUsers HOST:PORT/SHARE SECONDS USER1 PASSWORD1 USER2 PASSWORD2}. The share holds {@code private-USER1}
 * and {@code private-USER2}, readable by their owner only. Who owns each new file is checked on the server's disk by
 * the caller; here every open of the other's private file must be refused, and every one of the own must work.
 */
public final class TwoUsers {
    private static final int CONNECTIONS_PER_USER = 4;

    private TwoUsers() {}

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        if (args.length != 6) {
            System.err.println("usage: TwoUsers HOST:PORT/SHARE SECONDS USER1 PASSWORD1 USER2 PASSWORD2");
            System.exit(2);
        }
        Target target = Target.parse(args[0]);
        long end = System.nanoTime() + Long.parseLong(args[1]) * 1_000_000_000L;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicLong files = new AtomicLong();
        Thread[] threads = new Thread[2 * CONNECTIONS_PER_USER];
        for (int i = 0; i < threads.length; i++) {
            int number = i;
            String me = args[2 + 2 * (i % 2)];
            String password = args[3 + 2 * (i % 2)];
            String other = args[4 - 2 * (i % 2)];
            threads[i] = new Thread(() -> {
                try (Target.Mount mount = target.mount(me, password)) {
                    for (int round = 0; System.nanoTime() < end && failure.get() == null; round++) {
                        make(mount.share(), me + "-" + number + "-" + round);
                        open(mount.share(), "private-" + me).close();
                        mustBeRefused(mount.share(), "private-" + other);
                        files.incrementAndGet();
                    }
                } catch (IOException | RuntimeException | AssertionError problem) {
                    failure.compareAndSet(null, problem);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            failure.get().printStackTrace();
            System.exit(1);
        }
        System.out.println("files " + files.get());
    }

    private static void make(DiskShare share, String name) throws IOException {
        try (File file = share.openFile(
                name,
                EnumSet.of(AccessMask.GENERIC_WRITE),
                null,
                SMB2ShareAccess.ALL,
                SMB2CreateDisposition.FILE_CREATE,
                null)) {
            file.write(new byte[100], 0);
        }
    }

    private static File open(DiskShare share, String name) {
        return share.openFile(
                name,
                EnumSet.of(AccessMask.GENERIC_READ),
                null,
                SMB2ShareAccess.ALL,
                SMB2CreateDisposition.FILE_OPEN,
                null);
    }

    private static void mustBeRefused(DiskShare share, String name) {
        try {
            open(share, name).close();
        } catch (SMBApiException refused) {
            if (refused.getStatus() != NtStatus.STATUS_ACCESS_DENIED) {
                throw refused;
            }
            return;
        }
        throw new AssertionError(name + " was opened by the other user");
    }
}
