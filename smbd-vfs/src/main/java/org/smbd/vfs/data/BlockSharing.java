package org.smbd.vfs.data;

import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileOpen;

/**
 * MS-FSA 2.1.5.10.4 FSCTL_DUPLICATE_EXTENTS_TO_FILE, 2.1.5.10.5 FSCTL_DUPLICATE_EXTENTS_TO_FILE_EX: two files share
 * the space of what they have in common.
 *
 * <p>Alignment is the host's decision: it takes the last, partial unit of a file, too. As Windows, this does not look
 * at byte-range locks: smb2.ioctl.dup_extents_src_lock and _dest_lock pin it.
 */
public final class BlockSharing {
    private final DataContext context;

    public BlockSharing(DataContext context) {
        this.context = context;
    }

    /** Whether the file system of {@code open} can do it. FILE_SUPPORTS_BLOCK_REFCOUNTING. */
    public boolean isSupported(FileOpen open) {
        return context.volume().sharesExtents(DataOpen.of(open).file());
    }

    /**
     * Lets a range of {@code to} share the space of one of {@code from}. The size of {@code to} does not change: as on
     * Windows, what would come behind its end is left out (smb2.ioctl.dup_extents_len_beyond_dest, _sparse_dest).
     */
    public void duplicateExtents(FileOpen from, FileOpen to, CopyRange range) {
        DataOpen source = DataOpen.of(from);
        DataOpen target = DataOpen.of(to);
        DataRange sourceRange = new DataRange(range.sourceOffset(), range.length());
        DataRange targetRange = new DataRange(range.targetOffset(), range.length());
        if (!sourceRange.isValid() || !targetRange.isValid()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        target.requireAny(AccessMask.FILE_WRITE_DATA);
        target.requireFile(NtStatus.NOT_SUPPORTED);
        if (!isSupported(to)) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        if (range.length() == 0) {
            return;
        }
        if (source.isDirectory() || !AccessMask.has(source.grantedAccess(), AccessMask.FILE_READ_DATA)) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        boolean overlaps = source.fileKey().equals(target.fileKey())
                && Math.abs(range.sourceOffset() - range.targetOffset()) < range.length();
        if (overlaps || sourceRange.end() > source.file().stat().size()) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        if (source.fileKey().device() != target.fileKey().device()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (isSparse(source) && !isSparse(target)) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        long length = Math.min(range.length(), target.file().stat().size() - range.targetOffset());
        if (length > 0) {
            target.change(() -> target.file()
                    .extents()
                    .shareFrom(source.file(), range.sourceOffset(), range.targetOffset(), length));
            context.modified().accept(target);
        }
    }

    private boolean isSparse(DataOpen open) {
        return FileAttributes.has(context.kept(open).attributes(), FileAttributes.SPARSE_FILE);
    }
}
