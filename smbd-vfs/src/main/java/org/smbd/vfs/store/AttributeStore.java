package org.smbd.vfs.store;

/** Keeps {@link DosAttributes} with a file. */
public interface AttributeStore {
    /**
     * What is kept of {@code file}; {@code stat} tells whether a kept ChangeTime is outdated. Never fails: damaged data
     * counts as none.
     */
    DosAttributes read(StoreFile file, StoreStat stat);

    /** Keeps {@code attributes}; falls back to what the mode bits can hold where the host has no attributes. */
    void write(StoreFile file, DosAttributes attributes);
}
