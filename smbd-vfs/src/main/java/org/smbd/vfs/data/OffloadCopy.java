package org.smbd.vfs.data;

import java.util.List;
import java.util.concurrent.Executor;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreStat;

/**
 * Copies by tokens: MS-FSA 2.1.5.10.20 FSCTL_OFFLOAD_READ, 2.1.5.10.21 FSCTL_OFFLOAD_WRITE. A file that changes makes
 * its tokens worthless, so that a token never stands for other data than were asked for.
 */
public final class OffloadCopy {
    /** Volume.LogicalBytesPerSector: offsets and lengths are multiples of it. */
    public static final int SECTOR_BYTES = 512;

    /** More is not written by one request; the client goes on with the rest. */
    private static final long WRITE_BYTES_MAX = 256L * 1024 * 1024;

    /**
     * What an offloaded read comes to.
     *
     * @param token id of the token
     * @param transferLength bytes that it stands for, whole sectors
     * @param zerosBehind whether the file ends there
     */
    public record Read(byte[] token, long transferLength, boolean zerosBehind) {}

    private final DataContext context;

    public OffloadCopy(DataContext context) {
        this.context = context;
    }

    /**
     * Makes a token for a range of a file.
     *
     * @param lifetimeMillis that the client wishes; 0 leaves it to us
     */
    public Read read(OffloadTokens tokens, FileOpen handle, DataRange range, int lifetimeMillis) {
        DataOpen open = DataOpen.of(handle);
        StoreStat stat = check(open, range, false, NtStatus.OFFLOAD_READ_FILE_NOT_SUPPORTED);
        open.requireAny(AccessMask.FILE_READ_DATA);
        open.checkLocks(range.offset(), range.length(), false);
        if (range.offset() >= stat.size()) {
            throw NtStatus.END_OF_FILE.exception();
        }
        long length = Math.min(range.length(), stat.size() - range.offset());
        byte[] token = tokens.add(
                new OffloadTokens.Held(
                        context.volume().reopen(open.file(), stat, StoreAccess.READ),
                        stat,
                        new DataRange(range.offset(), length),
                        open.context().userSid()),
                lifetimeMillis);
        return new Read(token, wholeSectors(length), range.offset() + length == stat.size());
    }

    /**
     * Writes what a token stands for: INVALID_TOKEN if it stands for nothing any more.
     *
     * @param transferOffset within what the token stands for
     * @param range to write, within the file as it is
     * @param finished run once, when the open is not used any more
     * @return {@link CopyResult#bytesCopied} counts whole sectors, though the file may end within the last one
     */
    public Outcome<CopyResult> write(
            OffloadTokens tokens,
            byte[] token,
            long transferOffset,
            FileOpen handle,
            DataRange range,
            Executor executor,
            Runnable finished) {
        CopyOperation operation;
        try {
            DataOpen open = DataOpen.of(handle);
            long room = checkWrite(open, range);
            if (transferOffset < 0 || transferOffset % SECTOR_BYTES != 0) {
                throw NtStatus.INVALID_PARAMETER.exception();
            }
            OffloadTokens.Held held = tokens.find(token, open.context().userSid())
                    .filter(OffloadTokens.Held::isCurrent)
                    .orElseThrow(NtStatus.INVALID_TOKEN::exception);
            if (transferOffset > held.range().length()) {
                throw NtStatus.INVALID_PARAMETER.exception();
            }
            long length = Math.min(Math.min(room, WRITE_BYTES_MAX), held.range().length() - transferOffset);
            CopyRange copied = new CopyRange(held.range().offset() + transferOffset, range.offset(), length);
            operation = new CopyOperation(
                    new CopySource(held.file(), held.facts().key()), open, List.of(copied), executor, () -> {
                        open.endChange();
                        context.modified().accept(open);
                        finished.run();
                    });
            open.beginChange();
        } catch (RuntimeException refused) {
            finished.run();
            throw refused;
        }
        return operation.begin();
    }

    /**
     * Writes the zeros that the well-known token stands for.
     *
     * @return how many bytes, whole sectors
     */
    public long writeZeros(FileOpen handle, DataRange range) {
        DataOpen open = DataOpen.of(handle);
        long length = checkWrite(open, range);
        open.change(() -> open.file().extents().zero(range.offset(), length));
        context.modified().accept(open);
        return wholeSectors(length);
    }

    /** How much of the range is within the file. */
    private long checkWrite(DataOpen open, DataRange range) {
        StoreStat stat = check(open, range, true, NtStatus.OFFLOAD_WRITE_FILE_NOT_SUPPORTED);
        open.requireAny(AccessMask.FILE_WRITE_DATA);
        open.checkLocks(range.offset(), range.length(), true);
        if (range.offset() >= stat.size()) {
            throw NtStatus.END_OF_FILE.exception();
        }
        return Math.min(range.length(), stat.size() - range.offset());
    }

    private StoreStat check(DataOpen open, DataRange range, boolean write, NtStatus ifUnfit) {
        if (!range.isValid()
                || range.length() == 0
                || range.offset() % SECTOR_BYTES != 0
                || range.length() % SECTOR_BYTES != 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        open.requireFile(ifUnfit);
        StoreStat stat = open.file().stat();
        boolean sparse = FileAttributes.has(context.kept(open).attributes(), FileAttributes.SPARSE_FILE);
        if (stat.type() != StoreStat.Type.FILE || stat.compressed() || sparse || write && stat.size() == 0) {
            throw ifUnfit.exception();
        }
        return stat;
    }

    /** As lengths are told. */
    public static long wholeSectors(long length) {
        return -(-length & -SECTOR_BYTES);
    }
}
