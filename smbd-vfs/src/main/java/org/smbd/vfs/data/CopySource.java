package org.smbd.vfs.data;

import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreFile;

/**
 * What is copied from.
 *
 * @param file the host's file, open for reading
 * @param key which file it is
 */
record CopySource(StoreFile file, FileKey key) {
    static CopySource of(DataOpen open) {
        return new CopySource(open.file(), open.fileKey());
    }
}
