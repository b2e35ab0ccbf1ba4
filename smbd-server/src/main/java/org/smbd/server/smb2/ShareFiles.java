package org.smbd.server.smb2;

import java.nio.file.Path;
import org.smbd.server.config.ShareConfig;
import org.smbd.vfs.FileService;

/** Where the file services of shares come from. */
@FunctionalInterface
public interface ShareFiles {
    /**
     * The service of a share, the same for all who connect to it at that directory.
     *
     * @throws org.smbd.core.status.SmbException BAD_NETWORK_NAME if there is no such directory
     */
    FileService of(ShareConfig share, Path root);
}
