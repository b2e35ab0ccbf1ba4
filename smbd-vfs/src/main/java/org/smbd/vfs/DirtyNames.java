package org.smbd.vfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.Volume;

/**
 * Directories in which names came or went and are perhaps not on stable storage yet. FLUSH and write-through sync those
 * above a file, so that a file that was flushed is found again: MS-FSA 2.1.5.7 Server Requests Flushing Cached Data.
 *
 * <p>Two flushes at once both sync: none answers before the directory is safe.
 */
final class DirtyNames {
    /** So many directories are remembered; at more, all are synced. */
    private static final int DIRECTORIES_MAX = 65_536;

    private final Volume volume;
    private final Map<String, Long> changes = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();

    DirtyNames(Volume volume) {
        this.volume = volume;
    }

    /** Notes that a name in {@code directory} came or went. */
    void changed(PosixIdentity who, String directory) {
        changes.put(directory, counter.incrementAndGet());
        if (changes.size() > DIRECTORIES_MAX) {
            new ArrayList<>(changes.keySet()).forEach(dirty -> settle(who, dirty));
        }
    }

    /** Makes the names of all directories above {@code path} durable. */
    void settleAbove(PosixIdentity who, String path) {
        if (changes.isEmpty()) {
            return;
        }
        for (String directory = path; !directory.isEmpty(); ) {
            directory = parent(directory);
            settle(who, directory);
        }
    }

    /** Makes the names of {@code directory} and of all below it durable, before it gets another path. */
    void settleBelow(PosixIdentity who, String directory) {
        List<String> below = changes.keySet().stream()
                .filter(dirty -> dirty.equals(directory) || dirty.startsWith(directory + "/"))
                .toList();
        below.forEach(dirty -> settle(who, dirty));
    }

    private void settle(PosixIdentity who, String directory) {
        Long change = changes.get(directory);
        if (change == null) {
            return;
        }
        try {
            volume.syncDirectory(who, directory);
        } catch (SmbException e) {
            boolean gone = e.status() == NtStatus.OBJECT_NAME_NOT_FOUND || e.status() == NtStatus.OBJECT_PATH_NOT_FOUND;
            if (!gone) {
                throw e;
            }
        }
        changes.remove(directory, change);
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
