package org.smbd.vfs.data;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.store.FileExtents;

/** The controls on sparse files. A file is sparse because a client said so, not because it has holes. */
public final class SparseData {
    /** MS-FSA 2.1.5.10.6: trims begin and end at this, which is also the least unit of every file system here. */
    private static final long PAGE_BYTES = 4096;

    private final DataContext context;

    public SparseData(DataContext context) {
        this.context = context;
    }

    /** MS-FSA 2.1.5.10.38 FSCTL_SET_SPARSE. */
    public void setSparse(FileOpen handle, boolean sparse) {
        DataOpen open = DataOpen.of(handle);
        open.requireFile(NtStatus.INVALID_PARAMETER);
        open.requireAny(AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA | AccessMask.FILE_WRITE_ATTRIBUTES);
        if (!sparse && isSparse(open) && AccessMask.has(open.grantedAccess(), AccessMask.FILE_WRITE_DATA)) {
            open.file().allocate(open.file().stat().size()); // else there is no descriptor to write holes full with
        }
        context.changeAttributes(
                open, sparse ? 0 : FileAttributes.SPARSE_FILE, sparse ? FileAttributes.SPARSE_FILE : 0);
    }

    private boolean isSparse(DataOpen open) {
        return FileAttributes.has(context.kept(open).attributes(), FileAttributes.SPARSE_FILE);
    }

    /**
     * MS-FSA 2.1.5.10.39 FSCTL_SET_ZERO_DATA: a sparse file gives the space back, another one keeps it.
     *
     * @param beyondFinalZero the first byte that is left as it is; the size never changes
     */
    public void setZeroData(FileOpen handle, long offset, long beyondFinalZero) {
        DataOpen open = DataOpen.of(handle);
        open.requireFile(NtStatus.INVALID_PARAMETER);
        if (offset < 0 || offset > beyondFinalZero) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        open.requireAny(AccessMask.FILE_WRITE_DATA);
        long length = Math.min(beyondFinalZero, open.file().stat().size()) - offset;
        open.checkLocks(offset, beyondFinalZero - offset, true);
        if (length <= 0) {
            return;
        }
        FileExtents extents = open.file().extents();
        boolean sparse = isSparse(open);
        open.change(() -> {
            if (sparse) {
                extents.deallocate(offset, length);
            } else {
                extents.zero(offset, length);
            }
        });
        context.modified().accept(open);
    }

    /**
     * MS-FSA 2.1.5.10.22 FSCTL_QUERY_ALLOCATED_RANGES.
     *
     * @param rangesMax how many the caller has room for
     */
    public AllocatedRanges queryAllocatedRanges(FileOpen handle, DataRange query, int rangesMax) {
        DataOpen open = DataOpen.of(handle);
        open.requireFile(NtStatus.INVALID_PARAMETER);
        open.requireAny(AccessMask.FILE_READ_DATA);
        if (!query.isValid()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        long end = Math.min(query.end(), open.file().stat().size());
        if (query.offset() >= end) {
            return new AllocatedRanges(List.of(), false);
        }
        if (rangesMax == 0 && !isSparse(open)) {
            return new AllocatedRanges(List.of(), true);
        }
        return isSparse(open)
                ? extents(open, new DataRange(query.offset(), end - query.offset()), rangesMax)
                : new AllocatedRanges(List.of(new DataRange(query.offset(), end - query.offset())), false);
    }

    private static AllocatedRanges extents(DataOpen open, DataRange query, int rangesMax) {
        FileExtents extents = open.file().extents();
        List<DataRange> ranges = new ArrayList<>();
        long at = extents.nextData(query.offset());
        while (at >= 0 && at < query.end()) {
            if (ranges.size() == rangesMax) {
                return new AllocatedRanges(ranges, true);
            }
            long hole = Math.min(extents.nextHole(at), query.end());
            ranges.add(new DataRange(at, hole - at));
            at = extents.nextData(hole);
        }
        return new AllocatedRanges(ranges, false);
    }

    /**
     * MS-FSA 2.1.5.10.24 FSCTL_QUERY_FILE_REGIONS: the valid data of a range. Every host here reads what was never
     * written as zeros, so that ValidDataLength is the end of the file.
     *
     * @return empty where the range begins behind the end of the file
     */
    public List<DataRange> queryFileRegions(FileOpen handle, DataRange query) {
        DataOpen open = DataOpen.of(handle);
        open.requireFile(NtStatus.INVALID_PARAMETER);
        open.requireAny(AccessMask.FILE_READ_DATA);
        if (query.length() == 0 || !query.isValid()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        long endOfFile = open.file().stat().size();
        if (query.offset() > endOfFile || query.offset() == endOfFile && endOfFile > 0) {
            return List.of();
        }
        return List.of(new DataRange(query.offset(), Math.min(query.length(), endOfFile - query.offset())));
    }

    /**
     * MS-FSA 2.1.5.10.6 FSCTL_FILE_LEVEL_TRIM: whole pages within the ranges are given back to the host, which tells
     * its device.
     *
     * @return how many ranges were processed
     */
    public int fileLevelTrim(FileOpen handle, List<DataRange> ranges) {
        DataOpen open = DataOpen.of(handle);
        open.requireFile(NtStatus.INVALID_PARAMETER);
        open.requireAny(AccessMask.FILE_WRITE_DATA);
        if (open.file().stat().compressed()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        for (DataRange range : ranges) {
            if (!range.isValid()) {
                throw NtStatus.INTEGER_OVERFLOW.exception();
            }
        }
        open.change(() -> ranges.forEach(range -> trim(open, range)));
        context.modified().accept(open);
        return ranges.size();
    }

    private static void trim(DataOpen open, DataRange range) {
        long size = open.file().stat().size();
        long begin = -(-range.offset() & -PAGE_BYTES);
        long end = Math.min(range.end(), size) & -PAGE_BYTES;
        if (begin >= 0 && begin < end) {
            open.checkLocks(begin, end - begin, true);
            open.file().extents().deallocate(begin, end - begin);
        }
    }
}
