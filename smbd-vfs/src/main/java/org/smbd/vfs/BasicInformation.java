package org.smbd.vfs;

/** Times and attributes to set; see {@link FileService#setBasic}. MS-FSCC 2.4.7 FileBasicInformation. */
public record BasicInformation(
        long creationTime, long lastAccessTime, long lastWriteTime, long changeTime, int fileAttributes) {
    /** Whether it changes anything of the file, and not only what an open will do to it later. */
    boolean touchesTheFile() {
        return creationTime > 0 || lastAccessTime > 0 || lastWriteTime > 0 || changeTime > 0 || fileAttributes != 0;
    }
}
