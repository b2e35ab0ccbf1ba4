package org.smbd.vfs.store;

/**
 * What makes a file itself, whatever its names.
 *
 * @param device number of the file system
 * @param inode number of the file within it
 */
public record FileKey(long device, long inode) {}
