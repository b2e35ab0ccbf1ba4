package org.smbd.vfs;

import org.smbd.core.file.FileMetadata;

/** One entry of a directory query; its metadata is only read from disk if asked for. */
public interface DirectoryEntry {
    /** The name as the client sees it. */
    String name();

    /** The 8.3 name beside it; "" where it has none. */
    default String shortName() {
        return "";
    }

    /** Times, sizes, attributes, id. */
    FileMetadata metadata();
}
