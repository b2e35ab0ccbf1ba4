package org.smbd.vfs;

/**
 * How a directory query goes on. MS-SMB2 2.2.33 SMB2 QUERY_DIRECTORY Request, Flags.
 *
 * @param restart from the beginning, with the pattern that comes with it, or else the one before
 * @param reopen from the beginning, with a new pattern
 * @param single one entry only
 */
public record DirectoryQueryMode(boolean restart, boolean reopen, boolean single) {}
