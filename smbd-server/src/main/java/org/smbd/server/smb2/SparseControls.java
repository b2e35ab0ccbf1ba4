package org.smbd.server.smb2;

import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.AllocatedRangeBuffer;
import org.smbd.protocol.fsctl.FileLevelTrim;
import org.smbd.protocol.fsctl.FileRegionInput;
import org.smbd.protocol.fsctl.FileRegionOutput;
import org.smbd.protocol.fsctl.SetSparseBuffer;
import org.smbd.protocol.fsctl.ZeroDataInformation;
import org.smbd.server.pipeline.Reply;
import org.smbd.vfs.data.AllocatedRanges;
import org.smbd.vfs.data.DataRange;
import org.smbd.vfs.data.SparseData;

/** The controls of {@link SparseData}. */
final class SparseControls {
    /** More ranges than these are not gathered for one answer, however much room the client has. */
    private static final int RANGES_MAX = 8192;

    private SparseControls() {}

    /** MS-FSCC 2.3.83 FSCTL_SET_SPARSE Request. */
    static Reply setSparse(FsctlCall call) {
        SetSparseBuffer input = SetSparseBuffer.decode(call.input());
        call.controls().sparse().setSparse(call.open(), input.setSparse());
        return call.done();
    }

    /** MS-FSCC 2.3.85 FSCTL_SET_ZERO_DATA Request. */
    static Reply setZeroData(FsctlCall call) {
        ZeroDataInformation input = ZeroDataInformation.decode(call.input());
        call.controls().sparse().setZeroData(call.open(), input.fileOffset(), input.beyondFinalZero());
        return call.done();
    }

    /** MS-FSCC 2.3.51 FSCTL_QUERY_ALLOCATED_RANGES Request. */
    static Reply queryAllocatedRanges(FsctlCall call) {
        AllocatedRangeBuffer input = AllocatedRangeBuffer.decode(call.input());
        int rangesMax = Math.min(call.outputMax() / AllocatedRangeBuffer.SIZE_BYTES, RANGES_MAX);
        AllocatedRanges found = call.controls()
                .sparse()
                .queryAllocatedRanges(call.open(), new DataRange(input.fileOffset(), input.length()), rangesMax);
        if (found.ranges().isEmpty() && found.more()) {
            return Reply.failure(NtStatus.BUFFER_TOO_SMALL);
        }
        return call.answer(
                found.more() ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS,
                found.ranges().size() * AllocatedRangeBuffer.SIZE_BYTES,
                out -> found.ranges()
                        .forEach(range -> new AllocatedRangeBuffer(range.offset(), range.length()).encode(out)));
    }

    /** MS-FSCC 2.3.55 FSCTL_QUERY_FILE_REGIONS Request. */
    static Reply queryFileRegions(FsctlCall call) {
        FileRegionInput input = FileRegionInput.decode(call.input());
        int usages = FileRegionInput.USAGE_VALID_CACHED_DATA | FileRegionInput.USAGE_VALID_NONCACHED_DATA;
        if ((input.desiredUsage() & usages) == 0) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        call.requireOutput(FileRegionOutput.SIZE_BYTES_MIN, NtStatus.BUFFER_TOO_SMALL);
        List<DataRange> valid = call.controls()
                .sparse()
                .queryFileRegions(call.open(), new DataRange(input.fileOffset(), input.length()));
        if (valid.isEmpty()) {
            return call.done();
        }
        FileRegionOutput output = new FileRegionOutput(valid.stream()
                .map(range -> new FileRegionOutput.Region(range.offset(), range.length(), input.desiredUsage()))
                .toList());
        return call.answer(output.sizeBytes(), output::encode);
    }

    /** MS-FSCC 2.3.13 FSCTL_FILE_LEVEL_TRIM Request. */
    static Reply fileLevelTrim(FsctlCall call) {
        if (call.outputMax() != 0) {
            call.requireOutput(FileLevelTrim.OUTPUT_BYTES, NtStatus.INVALID_PARAMETER);
        }
        List<DataRange> ranges = FileLevelTrim.decode(call.input()).ranges().stream()
                .map(range -> new DataRange(range.offset(), range.length()))
                .toList();
        int processed = call.controls().sparse().fileLevelTrim(call.open(), ranges);
        return call.outputMax() == 0
                ? call.done()
                : call.answer(FileLevelTrim.OUTPUT_BYTES, out -> out.i32(processed)); // NumRangesProcessed
    }
}
