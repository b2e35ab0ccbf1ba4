package org.smbd.vfs.oplock;

/**
 * What a client may keep: READ_CACHING, HANDLE_CACHING and WRITE_CACHING of MS-FSA 2.1.1.10 Per Oplock, with the values
 * of MS-SMB2 2.2.13.2.8. An oplock of level II is {@code R}, an exclusive one {@code RW}, a batch oplock {@code RWH}.
 */
public final class Caching {
    public static final int NONE = 0;
    public static final int READ = 1;
    public static final int HANDLE = 2;
    public static final int WRITE = 4;
    /** Level II. */
    public static final int LEVEL_TWO = READ;
    /** Level I, which MS-SMB2 calls exclusive. */
    public static final int EXCLUSIVE = READ | WRITE;
    /** Batch. */
    public static final int BATCH = READ | WRITE | HANDLE;

    private Caching() {}

    /** Whether all of {@code bits} are there. */
    public static boolean has(int state, int bits) {
        return (state & bits) == bits;
    }

    /** Whether any of {@code bits} is there. */
    public static boolean hasAny(int state, int bits) {
        return (state & bits) != 0;
    }

    /** The state itself where it can be granted, which without READ it cannot; else NONE. */
    public static int grantable(int state) {
        return (state & ~BATCH) == 0 && has(state, READ) ? state : NONE;
    }

    /** Such as {@code RWH}; empty for NONE. */
    public static String describe(int state) {
        return (has(state, READ) ? "R" : "") + (has(state, WRITE) ? "W" : "") + (has(state, HANDLE) ? "H" : "");
    }
}
