package org.smbd.server.smb2;

import java.nio.file.Path;
import org.smbd.server.config.ShareConfig;
import org.smbd.vfs.FileService;

/** Where the file services of shares come from. */
public interface ShareFiles {
    /**
     * The service of a share, the same for all who are connected to it at that directory at one time. It is given back
     * by {@link #release}.
     *
     * @throws org.smbd.core.status.SmbException BAD_NETWORK_NAME if there is no such directory
     */
    FileService of(ShareConfig share, Path root);

    /** Gives back what {@link #of} returned; the last one closes it, as soon as nothing is open any more. */
    void release(FileService service);
}
