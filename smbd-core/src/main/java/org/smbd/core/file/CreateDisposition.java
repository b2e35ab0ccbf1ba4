package org.smbd.core.file;

import java.util.Optional;

/** What an open does when the file exists or not. MS-SMB2 2.2.13 SMB2 CREATE Request, CreateDisposition. */
public enum CreateDisposition {
    /** Replace an existing file as if it were new, else create. */
    SUPERSEDE,
    /** Open an existing file, else fail. */
    OPEN,
    /** Create a new file, else fail. */
    CREATE,
    /** Open an existing file, else create. */
    OPEN_IF,
    /** Open and truncate an existing file, else fail. */
    OVERWRITE,
    /** Open and truncate an existing file, else create. */
    OVERWRITE_IF;

    private static final CreateDisposition[] VALUES = values();

    /** The disposition of a wire value, if it is one. */
    public static Optional<CreateDisposition> of(int value) {
        return value >= 0 && value < VALUES.length ? Optional.of(VALUES[value]) : Optional.empty();
    }

    /** Whether a file that does not exist is created. */
    public boolean creates() {
        return this != OPEN && this != OVERWRITE;
    }

    /** Whether a file that exists loses its data. */
    public boolean overwrites() {
        return this == SUPERSEDE || this == OVERWRITE || this == OVERWRITE_IF;
    }
}
