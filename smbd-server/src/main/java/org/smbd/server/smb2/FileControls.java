package org.smbd.server.smb2;

import static java.util.Map.entry;

import java.util.Map;
import java.util.concurrent.Executor;
import org.smbd.core.status.NtStatus;
import org.smbd.server.pipeline.Reply;

/** The controls on files, a line each; a code that is not here is INVALID_DEVICE_REQUEST, as MS-FSA 2.1.5.10 has it. */
final class FileControls {
    /** What answers one control code. */
    @FunctionalInterface
    interface Control {
        Reply handle(FsctlCall call);
    }

    private final Map<Integer, Control> byCode;

    /** @param executor for copies that take long */
    FileControls(Executor executor) {
        CopyChunk copyChunk = new CopyChunk(executor);
        OffloadControls offload = new OffloadControls(executor);
        byCode = Map.ofEntries(
                entry(FsctlCode.SET_SPARSE, SparseControls::setSparse),
                entry(FsctlCode.SET_ZERO_DATA, SparseControls::setZeroData),
                entry(FsctlCode.QUERY_ALLOCATED_RANGES, SparseControls::queryAllocatedRanges),
                entry(FsctlCode.QUERY_FILE_REGIONS, SparseControls::queryFileRegions),
                entry(FsctlCode.FILE_LEVEL_TRIM, SparseControls::fileLevelTrim),
                entry(FsctlCode.SRV_REQUEST_RESUME_KEY, CopyChunk::requestResumeKey),
                entry(FsctlCode.SRV_COPYCHUNK, copyChunk::copy),
                entry(FsctlCode.SRV_COPYCHUNK_WRITE, copyChunk::copy),
                entry(FsctlCode.DUPLICATE_EXTENTS_TO_FILE, DuplicateExtents::toFile),
                entry(FsctlCode.DUPLICATE_EXTENTS_TO_FILE_EX, DuplicateExtents::toFileEx),
                entry(FsctlCode.GET_COMPRESSION, CompressionControls::getCompression),
                entry(FsctlCode.SET_COMPRESSION, CompressionControls::setCompression),
                entry(FsctlCode.GET_REPARSE_POINT, ReparseControls::get),
                entry(FsctlCode.SET_REPARSE_POINT, ReparseControls::set),
                entry(FsctlCode.DELETE_REPARSE_POINT, ReparseControls::delete),
                entry(FsctlCode.OFFLOAD_READ, offload::read),
                entry(FsctlCode.OFFLOAD_WRITE, offload::write),
                entry(FsctlCode.GET_INTEGRITY_INFORMATION, VolumeControls::getIntegrity),
                entry(FsctlCode.SET_INTEGRITY_INFORMATION, VolumeControls::setIntegrity),
                entry(FsctlCode.GET_NTFS_VOLUME_DATA, VolumeControls::ntfsVolumeData),
                entry(FsctlCode.GET_OBJECT_ID, ObjectIdControls::get),
                entry(FsctlCode.CREATE_OR_GET_OBJECT_ID, ObjectIdControls::createOrGet),
                entry(FsctlCode.SET_OBJECT_ID, ObjectIdControls::set),
                entry(FsctlCode.SET_OBJECT_ID_EXTENDED, ObjectIdControls::setExtended),
                entry(FsctlCode.DELETE_OBJECT_ID, ObjectIdControls::delete));
    }

    Reply handle(FsctlCall call) {
        Control control = byCode.get(call.request().ctlCode());
        return control == null ? Reply.failure(NtStatus.INVALID_DEVICE_REQUEST) : control.handle(call);
    }
}
