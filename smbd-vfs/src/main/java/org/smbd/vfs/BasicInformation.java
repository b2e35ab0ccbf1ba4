package org.smbd.vfs;

/** Times and attributes to set; see {@link FileService#setBasic}. MS-FSCC 2.4.7 FileBasicInformation. */
public record BasicInformation(
        long creationTime, long lastAccessTime, long lastWriteTime, long changeTime, int fileAttributes) {}
