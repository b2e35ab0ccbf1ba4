package org.smbd.vfs.notify;

/**
 * How changes are reported.
 *
 * @param enabled whether at all: {@code change notify}
 * @param kernel whether those by other programs of the host are, too: {@code kernel change notify}
 */
public record NotifyOptions(boolean enabled, boolean kernel) {
    /** Samba's defaults. */
    public static final NotifyOptions DEFAULT = new NotifyOptions(true, true);
}
