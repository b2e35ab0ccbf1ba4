package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import org.smbd.core.status.NtStatus;

/** Ranges of a file that can only be read and written: it has no holes. */
public final class PlainExtents implements FileExtents {
    private static final int STEP_BYTES = 64 * 1024;

    private final StoreFile file;

    public PlainExtents(StoreFile file) {
        this.file = file;
    }

    @Override
    public void deallocate(long offset, long length) {
        zero(offset, length);
    }

    @Override
    public void zero(long offset, long length) {
        long end = Math.min(offset + length, file.stat().size());
        ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
        for (long at = offset; at < end; at += STEP_BYTES) {
            file.write(zeros.clear().limit((int) Math.min(STEP_BYTES, end - at)), at);
        }
    }

    @Override
    public long nextData(long offset) {
        return offset < file.stat().size() ? offset : -1;
    }

    @Override
    public long nextHole(long offset) {
        return Math.max(offset, file.stat().size());
    }

    @Override
    public long copyFrom(StoreFile source, long sourceOffset, long targetOffset, long length) {
        ByteBuffer step = ByteBuffer.allocateDirect((int) Math.min(STEP_BYTES, length));
        int count = source.read(step, sourceOffset);
        file.write(step.flip(), targetOffset);
        return count;
    }

    @Override
    public void shareFrom(StoreFile source, long sourceOffset, long targetOffset, long length) {
        throw NtStatus.NOT_SUPPORTED.exception();
    }

    @Override
    public boolean isCompressible() {
        return false;
    }

    @Override
    public boolean isChecksummable() {
        return false;
    }

    @Override
    public boolean isChecksummed() {
        return false;
    }

    @Override
    public void setChecksummed(boolean checksummed) {
        if (checksummed) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
    }

    @Override
    public void setCompressed(boolean compressed) {
        if (compressed) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
    }
}
