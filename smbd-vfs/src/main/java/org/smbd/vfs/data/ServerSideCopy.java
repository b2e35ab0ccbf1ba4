package org.smbd.vfs.data;

import java.util.List;
import java.util.concurrent.Executor;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.FileService;
import org.smbd.vfs.Outcome;

/** Copies between two opens without a byte passing through the client: MS-SMB2 3.3.5.15.6. */
public final class ServerSideCopy {
    private static final int READ_BITS = AccessMask.FILE_READ_DATA | AccessMask.FILE_EXECUTE;
    private static final int WRITE_BITS = AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA;

    private final DataContext context;

    public ServerSideCopy(DataContext context) {
        this.context = context;
    }

    /**
     * Begins a copy; a short one is done when this returns.
     *
     * @param mayReadTarget whether the caller must have the right to read what it overwrites
     * @param executor what a long one goes on with, a step at a time
     * @param finished run once, when neither open is used any more
     * @return Done, whatever status the copy came to, or Wait
     */
    public Outcome<CopyResult> copy(
            FileOpen from,
            FileOpen to,
            List<CopyRange> ranges,
            boolean mayReadTarget,
            Executor executor,
            Runnable finished) {
        DataOpen source = DataOpen.of(from);
        DataOpen target = DataOpen.of(to);
        try {
            check(source, target, mayReadTarget);
        } catch (RuntimeException refused) {
            finished.run();
            throw refused;
        }
        if (isLocked(source, target, ranges)) { // a copy that failed at its begin, not a request that was refused
            finished.run();
            return new Outcome.Done<>(new CopyResult(NtStatus.FILE_LOCK_CONFLICT, 0, 0, 0));
        }
        target.beginChange();
        CopyOperation operation = new CopyOperation(CopySource.of(source), target, ranges, executor, () -> {
            target.endChange();
            context.modified().accept(target);
            finished.run();
        });
        return operation.begin();
    }

    /** All of a file, as macOS asks for by no range at all. */
    public static List<CopyRange> whole(FileOpen from) {
        long size = DataOpen.of(from).file().stat().size();
        return size == 0 ? List.of() : List.of(new CopyRange(0, 0, size));
    }

    private static void check(DataOpen source, DataOpen target, boolean mayReadTarget) {
        source.requireFile(NtStatus.INVALID_DEVICE_REQUEST);
        target.requireFile(NtStatus.INVALID_DEVICE_REQUEST);
        source.requireAny(READ_BITS); // as Windows: smb2.ioctl.copy_chunk_bad_access copies what it may only execute
        target.requireAny(WRITE_BITS);
        if (mayReadTarget) {
            target.requireAny(AccessMask.FILE_READ_DATA);
        }
    }

    private static boolean isLocked(DataOpen source, DataOpen target, List<CopyRange> ranges) {
        return ranges.stream()
                .anyMatch(range -> source.isLocked(range.sourceOffset(), range.length(), false)
                        || range.targetOffset() != FileService.END_OF_FILE_OFFSET
                                && target.isLocked(range.targetOffset(), range.length(), true));
    }
}
