package org.smbd.vfs;

import org.smbd.core.type.SecurityContext;
import org.smbd.vfs.name.CaseFold;
import org.smbd.vfs.oplock.OpenCaching;

/** One open of a file or directory. MS-FSA 2.1.1.6 Per Open. Made by {@link FileService#open}, opaque to its caller. */
public interface FileOpen {
    /** Open.GrantedAccess: rights in {@link org.smbd.core.file.AccessMask}, no generic ones. */
    int grantedAccess();

    /**
     * The rights that the client was told: in a previous version of a share, which cannot change, more than granted. To
     * use one of those is MEDIA_WRITE_PROTECTED.
     */
    default int statedAccess() {
        return grantedAccess();
    }

    /** Whether it is an open of a directory. */
    boolean isDirectory();

    /** Open.FileName: the current path relative to the share, with backslashes, no leading one; "" is the root. */
    String path();

    /** Whether a client that names {@code otherPath} means the path of this open; case does not matter. */
    default boolean isAt(String otherPath) {
        return CaseFold.isSame(otherPath, path());
    }

    /** Whom the open belongs to. */
    SecurityContext context();

    /** Open.Mode: the create options that FileModeInformation reports. MS-FSCC 2.4.31. */
    int mode();

    /** Open.CurrentByteOffset, in bytes. */
    long positionBytes();

    /** Open.NextEaEntry: how many extended attributes the queries of this open have told already. */
    int nextEa();

    void setNextEa(int index);

    /** The 64-bit id of the file, the same in every answer. */
    long fileId();

    /** Its oplock or lease. */
    OpenCaching caching();
}
