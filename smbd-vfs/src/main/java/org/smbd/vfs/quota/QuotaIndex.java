package org.smbd.vfs.quota;

import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;

/**
 * The file that clients open to get at the quotas of a volume. MS-FSA 2.1.5.1, phase 7: ViewIndexStream. It is served
 * as an open of the root for its attributes alone: quotas are asked for by volume, through whatever open.
 */
public final class QuotaIndex {
    /** What an open of it may do besides. */
    public static final int ACCESS = AccessMask.FILE_READ_ATTRIBUTES | AccessMask.SYNCHRONIZE;

    private static final int ATTRIBUTES =
            FileAttributes.HIDDEN | FileAttributes.SYSTEM | FileAttributes.DIRECTORY | FileAttributes.ARCHIVE;

    private static final String FILE = "$Extend\\$Quota:";
    private static final String TYPE = ":$INDEX_ALLOCATION";

    private QuotaIndex() {}

    /** Whether a client's path means it. */
    public static boolean isNamedBy(String path) {
        return path.equalsIgnoreCase(FILE + "$Q" + TYPE) || path.equalsIgnoreCase(FILE + "$O" + TYPE);
    }

    /** What an open of it is answered with: it has no times. */
    public static FileMetadata metadata(FileMetadata root) {
        return new FileMetadata(
                0, 0, 0, 0, 0, 0, ATTRIBUTES, root.numberOfLinks(), false, root.fileId(), root.volumeId(), 0, 0);
    }
}
