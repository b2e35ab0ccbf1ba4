package org.smbd.vfs.quota;

import org.smbd.core.type.Sid;

/**
 * What a user takes of a volume and may take. MS-FSCC 2.4.41 FileQuotaInformation.
 *
 * @param sid the user
 * @param usedBytes what the user's files take
 * @param thresholdBytes where a warning is due; {@link #NONE} for nowhere
 * @param limitBytes what the user can take at most; {@link #NONE} for all, {@link #DELETE} to have none any more
 */
public record QuotaEntry(Sid sid, long usedBytes, long thresholdBytes, long limitBytes) {
    /** No threshold, no limit. */
    public static final long NONE = -1;

    /** As a limit that is set: the entry goes. */
    public static final long DELETE = -2;
}
