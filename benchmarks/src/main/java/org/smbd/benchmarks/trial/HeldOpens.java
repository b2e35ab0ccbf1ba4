package org.smbd.benchmarks.trial;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2LockFlag;
import com.hierynomus.mssmb2.SMB2Packet;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.messages.SMB2LockRequest;
import com.hierynomus.mssmb2.messages.submodule.SMB2LockElement;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One client that holds very many opens, and then very many locks.
 *
 * <p>{@code HeldOpens HOST:PORT/SHARE USER PASSWORD FILES OPENS FEWER-FILES LOCKS}. It opens FILES files once, then
 * FEWER-FILES files OPENS times in all, then takes LOCKS locks over 10 handles. Before each step and after it, it says
 * so on a line and waits for a line.
 */
public final class HeldOpens {
    private static final int THREADS = 8;
    private static final int HANDLES = 10;
    private static final int LOCKS_PER_REQUEST = 1_000;
    private static final int FEW_LOCKS = 1_000;
    private static final int MEASURED = 2_000;
    private static final int WARM_UP = 5_000;
    private static final Set<SMB2LockFlag> LOCK =
            EnumSet.of(SMB2LockFlag.SMB2_LOCKFLAG_EXCLUSIVE_LOCK, SMB2LockFlag.SMB2_LOCKFLAG_FAIL_IMMEDIATELY);
    private static final Set<SMB2LockFlag> UNLOCK = EnumSet.of(SMB2LockFlag.SMB2_LOCKFLAG_UNLOCK);

    private final DiskShare share;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private HeldOpens(DiskShare share) {
        this.share = share;
    }

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        if (args.length != 7) {
            System.err.println("usage: HeldOpens HOST:PORT/SHARE USER PASSWORD FILES OPENS FEWER-FILES LOCKS");
            System.exit(2);
        }
        try (Target.Mount mount = Target.parse(args[0]).mount(args[1], args[2])) {
            HeldOpens trial = new HeldOpens(mount.share());
            int files = Integer.parseInt(args[3]);
            trial.hold(files, files);
            trial.hold(Integer.parseInt(args[4]), Integer.parseInt(args[5]));
            trial.lock(Integer.parseInt(args[6]));
        }
    }

    /** Tells how far it is, and goes on when it is told to. */
    private void pause(String line) throws IOException {
        System.out.println(line);
        System.out.flush();
        if (in.readLine() == null) {
            throw new IOException("the caller has gone");
        }
    }

    private void hold(int opens, int files) throws Exception {
        for (int i = 0; i < files; i++) {
            open("f" + i).close(); // the files are there, and the server is warm
        }
        pause("none " + opens);
        List<File> held = inParallel(opens, i -> open("f" + i % files));
        pause("held " + opens);
        inParallel(opens, i -> {
            held.get(i).close();
            return i;
        });
        pause("closed " + opens);
    }

    private void lock(int locks) throws Exception {
        List<File> handles = new ArrayList<>();
        for (int i = 0; i < HANDLES; i++) {
            handles.add(open("locked"));
        }
        measure(handles.get(0), WARM_UP);
        pause("none " + locks);
        lock(handles, 0, FEW_LOCKS);
        System.out.println("cost " + FEW_LOCKS + " " + measure(handles.get(0), MEASURED));
        lock(handles, FEW_LOCKS, locks);
        System.out.println("cost " + locks + " " + measure(handles.get(0), MEASURED));
        pause("held " + locks);
        for (File handle : handles) {
            handle.close();
        }
        pause("closed " + locks);
    }

    /** Takes the locks from number {@code from} on, each of one byte, spread over the handles. */
    private void lock(List<File> handles, int from, int to) throws IOException {
        int next = 0;
        for (int i = from; i < to; i += LOCKS_PER_REQUEST) {
            List<SMB2LockElement> elements = new ArrayList<>();
            for (int k = i; k < Math.min(to, i + LOCKS_PER_REQUEST); k++) {
                elements.add(new SMB2LockElement(2L * k, 1, LOCK));
            }
            send(handles.get(next++ % HANDLES), elements);
        }
    }

    /** Without a lock sequence: smbj's own runs out of the four bits that it has. */
    private void send(File handle, List<SMB2LockElement> elements) throws IOException {
        Session session = share.getTreeConnect().getSession();
        SMB2LockRequest request = new SMB2LockRequest(
                session.getConnection().getNegotiatedProtocol().getDialect(),
                session.getSessionId(),
                share.getTreeConnect().getTreeId(),
                (short) 0,
                0,
                handle.getFileId(),
                elements);
        try {
            SMB2Packet answer = session.<SMB2Packet>send(request).get();
            if (answer.getHeader().getStatusCode() != NtStatus.STATUS_SUCCESS.getValue()) {
                throw new IOException("a lock was refused: " + answer.getHeader());
            }
        } catch (ExecutionException | InterruptedException failed) {
            throw new IOException("a lock was not answered", failed);
        }
    }

    /** Mean microseconds of a lock and its unlock, somewhere among the others. */
    private long measure(File handle, int rounds) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            long offset = 2L * (i * 7919L % FEW_LOCKS) + 1;
            send(handle, List.of(new SMB2LockElement(offset, 1, LOCK)));
            send(handle, List.of(new SMB2LockElement(offset, 1, UNLOCK)));
        }
        return (System.nanoTime() - begin) / 1_000 / rounds;
    }

    private File open(String name) {
        return share.openFile(
                name,
                EnumSet.of(AccessMask.GENERIC_READ, AccessMask.GENERIC_WRITE),
                null,
                SMB2ShareAccess.ALL,
                SMB2CreateDisposition.FILE_OPEN_IF,
                EnumSet.of(SMB2CreateOptions.FILE_NON_DIRECTORY_FILE));
    }

    private interface Step<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> inParallel(int count, Step<T> step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(pool.submit(() -> step.run(number)));
            }
            List<T> results = new ArrayList<>(count);
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
