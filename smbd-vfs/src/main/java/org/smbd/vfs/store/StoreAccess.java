package org.smbd.vfs.store;

/** What a {@link StoreFile} is opened for. */
public enum StoreAccess {
    /** Facts, attributes and times only; opens what the user may not read, too. */
    METADATA,
    READ,
    WRITE,
    READ_WRITE
}
