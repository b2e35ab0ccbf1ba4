package org.smbd.vfs.data;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.FileService;
import org.smbd.vfs.Outcome;

/**
 * A copy in steps. Between two steps its thread does other work, so that many long copies share the threads with
 * everything else, and a cancel is heeded. What was copied before a cancel stays.
 */
final class CopyOperation implements Outcome.Operation<CopyResult> {
    /** A few milliseconds of copying in memory. */
    static final long STEP_BYTES_MAX = 1024 * 1024;

    /** Overlapping ranges go through a buffer, from behind if need be. */
    private static final long OVERLAP_STEP_BYTES = 64 * 1024;

    private final CopySource source;
    private final DataOpen target;
    private final List<CopyRange> ranges;
    private final Executor executor;
    private final Runnable finished;
    private final boolean appends;

    // Of the thread that makes the step; the executor hands them on.
    private int range;
    private long rangeBytes;
    private long totalBytes;
    private long rangeTarget;

    @GuardedBy("this")
    private Outcome<CopyResult> result;

    @GuardedBy("this")
    private Consumer<Outcome<CopyResult>> receiver;

    CopyOperation(CopySource source, DataOpen target, List<CopyRange> ranges, Executor executor, Runnable finished) {
        this.source = source;
        this.target = target;
        this.ranges = List.copyOf(ranges);
        this.executor = executor;
        this.finished = finished;
        this.appends = !AccessMask.has(target.grantedAccess(), AccessMask.FILE_WRITE_DATA);
    }

    /** Makes the first step; goes on with the executor if that was not all. */
    Outcome<CopyResult> begin() {
        CopyResult done = step();
        if (done != null) {
            finished.run();
            return new Outcome.Done<>(done);
        }
        executor.execute(this::proceed);
        return new Outcome.Wait<>(this);
    }

    private void proceed() {
        synchronized (this) {
            if (result != null) { // cancelled
                executor.execute(finished);
                return;
            }
        }
        CopyResult done = step();
        if (done == null) {
            executor.execute(this::proceed);
            return;
        }
        finished.run();
        end(new Outcome.Done<>(done));
    }

    /** Copies as much as a step may; null if there is more. */
    private CopyResult step() {
        long room = STEP_BYTES_MAX;
        try {
            while (range < ranges.size()) {
                CopyRange now = ranges.get(range);
                if (rangeBytes == 0) {
                    enter(now);
                }
                long wanted = Math.min(now.length() - rangeBytes, room);
                if (wanted > 0) {
                    long count = copy(now, wanted);
                    if (count == 0) { // somebody has cut the source meanwhile
                        return ended(NtStatus.INVALID_VIEW_SIZE);
                    }
                    rangeBytes += count;
                    totalBytes += count;
                    room -= count;
                }
                if (rangeBytes == now.length()) {
                    range++;
                    rangeBytes = 0;
                } else if (room <= 0) {
                    return null;
                }
            }
            return ended(NtStatus.SUCCESS);
        } catch (SmbException failed) {
            return ended(failed.status());
        }
    }

    private void enter(CopyRange now) {
        if (now.sourceOffset() > source.file().stat().size() - now.length()) {
            throw NtStatus.INVALID_VIEW_SIZE.exception();
        }
        boolean atEnd = appends || now.targetOffset() == FileService.END_OF_FILE_OFFSET;
        rangeTarget = atEnd ? target.file().stat().size() : now.targetOffset();
        if (atEnd) {
            target.checkLocks(rangeTarget, now.length(), true);
        }
    }

    private long copy(CopyRange now, long wanted) {
        boolean overlaps =
                source.key().equals(target.fileKey()) && Math.abs(now.sourceOffset() - rangeTarget) < now.length();
        if (!overlaps) {
            return copy(now.sourceOffset() + rangeBytes, rangeBytes, wanted);
        }
        long step = Math.min(wanted, OVERLAP_STEP_BYTES);
        boolean fromBehind = rangeTarget > now.sourceOffset();
        long at = fromBehind ? now.length() - rangeBytes - step : rangeBytes;
        long count = 0;
        while (count < step) { // from behind a step must be whole
            long copied = copy(now.sourceOffset() + at + count, at + count, step - count);
            if (copied == 0) {
                return 0;
            }
            count += copied;
        }
        return count;
    }

    private long copy(long sourceOffset, long rangeOffset, long wanted) {
        return target.file().extents().copyFrom(source.file(), sourceOffset, rangeTarget + rangeOffset, wanted);
    }

    private CopyResult ended(NtStatus status) {
        return new CopyResult(status, range, rangeBytes, totalBytes);
    }

    @Override
    public void onDone(Consumer<Outcome<CopyResult>> told) {
        Outcome<CopyResult> already;
        synchronized (this) {
            receiver = told;
            already = result;
        }
        if (already != null) {
            told.accept(already);
        }
    }

    @Override
    public boolean cancel(NtStatus status) {
        return end(new Outcome.Fail<>(status));
    }

    /** The first end counts. */
    private boolean end(Outcome<CopyResult> outcome) {
        Consumer<Outcome<CopyResult>> told;
        synchronized (this) {
            if (result != null) {
                return false;
            }
            result = outcome;
            told = receiver;
        }
        if (told != null) {
            told.accept(outcome);
        }
        return true;
    }
}
