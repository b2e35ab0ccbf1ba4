package org.smbd.server.smb2;

import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.FileOpen;

/** The checks of an open that several commands begin with. */
public final class OpenTarget {
    private OpenTarget() {}

    /**
     * The file of an open.
     *
     * @throws org.smbd.core.status.SmbException {@code ifPipe} where it is a named pipe
     */
    public static OpenResource.File file(OpenHandle handle, NtStatus ifPipe) {
        if (handle.resource() instanceof OpenResource.File file) {
            return file;
        }
        throw ifPipe.exception();
    }

    /**
     * The directory of an open.
     *
     * @throws org.smbd.core.status.SmbException INVALID_PARAMETER where it is anything else
     */
    public static OpenResource.File directory(OpenHandle handle) {
        OpenResource.File file = file(handle, NtStatus.INVALID_PARAMETER);
        if (!file.open().isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        return file;
    }

    /**
     * Demands all of some rights; none are always there.
     *
     * @throws org.smbd.core.status.SmbException ACCESS_DENIED
     */
    public static void requireAll(FileOpen open, int rights) {
        if (!AccessMask.has(open.grantedAccess(), rights)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    /**
     * Demands at least one of some rights.
     *
     * @throws org.smbd.core.status.SmbException ACCESS_DENIED; MEDIA_WRITE_PROTECTED in a previous version
     */
    public static void requireAny(FileOpen open, int rights) {
        if (!AccessMask.hasAny(open.grantedAccess(), rights)) {
            boolean stated = AccessMask.hasAny(open.statedAccess(), rights); // in a previous version
            throw (stated ? NtStatus.MEDIA_WRITE_PROTECTED : NtStatus.ACCESS_DENIED).exception();
        }
    }

    /**
     * Holds an unsigned length against the negotiated maximum.
     *
     * @throws org.smbd.core.status.SmbException INVALID_PARAMETER above it
     */
    public static void requireAtMost(int lengthBytes, int maximumBytes) {
        if (Integer.compareUnsigned(lengthBytes, maximumBytes) > 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
    }
}
