package org.smbd.core.status;

/**
 * Leaves several frames with one {@link NtStatus}. Shared, stackless: obtain it from {@link NtStatus#exception()}.
 *
 * <p>Frequent outcomes (name not found, end of file) are returned as values; this is for rare exits from depth.
 */
public final class SmbException extends RuntimeException {
    private final NtStatus status;

    SmbException(NtStatus status) {
        super(status.name(), null, false, false);
        this.status = status;
    }

    /** What the client is told. */
    public NtStatus status() {
        return status;
    }
}
