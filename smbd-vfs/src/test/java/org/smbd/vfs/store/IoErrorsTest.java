package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;

class IoErrorsTest {
    @Test
    void aFullOrBrokenHostIsToldApart() {
        assertEquals(NtStatus.DISK_FULL, IoErrors.ofErrno(Errno.ENOSPC));
        assertEquals(NtStatus.DISK_QUOTA_EXCEEDED, IoErrors.ofErrno(Errno.EDQUOT));
        assertEquals(NtStatus.MEDIA_WRITE_PROTECTED, IoErrors.ofErrno(Errno.EROFS));
        assertEquals(NtStatus.UNEXPECTED_IO_ERROR, IoErrors.ofErrno(Errno.EIO));
        assertEquals(NtStatus.TOO_MANY_OPENED_FILES, IoErrors.ofErrno(Errno.EMFILE));
        assertEquals(NtStatus.UNEXPECTED_IO_ERROR, IoErrors.ofErrno(4711));
    }

    @Test
    void javaErrorsComeToTheSame() {
        assertEquals(Errno.ENOENT, IoErrors.errno(new NoSuchFileException("f")));
        assertEquals(Errno.ENOSPC, IoErrors.errno(new IOException("No space left on device")));
        assertEquals(Errno.EDQUOT, IoErrors.errno(new FileSystemException("f", null, "Disk quota exceeded")));
        assertEquals(Errno.EIO, IoErrors.errno(new IOException((String) null)));
    }

    @Test
    void aFailedSyncIsNeverForgotten() {
        SyncResult result = new SyncResult();
        result.check();
        result.failed(NtStatus.UNEXPECTED_IO_ERROR.exception());
        VolumeContract.assertStatus(NtStatus.UNEXPECTED_IO_ERROR, result::check);
        VolumeContract.assertStatus(NtStatus.UNEXPECTED_IO_ERROR, result::check);
    }
}
