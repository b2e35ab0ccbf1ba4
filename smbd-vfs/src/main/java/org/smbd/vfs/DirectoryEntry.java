package org.smbd.vfs;

import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.core.status.NtStatus;

/** One entry of a directory query; its metadata is only read from disk if asked for. */
public interface DirectoryEntry {
    /** The name as the client sees it. */
    String name();

    /** What POSIX clients see of it. NOT_SUPPORTED where there is no such thing. */
    default PosixMetadata posix() {
        throw NtStatus.NOT_SUPPORTED.exception();
    }

    /** The 8.3 name beside it; "" where it has none. */
    default String shortName() {
        return "";
    }

    /** Times, sizes, attributes, id. */
    FileMetadata metadata();
}
