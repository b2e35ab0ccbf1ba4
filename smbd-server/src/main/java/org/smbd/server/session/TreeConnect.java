package org.smbd.server.session;

import java.util.Optional;
import org.smbd.core.type.SecurityContext;
import org.smbd.server.config.ShareConfig;
import org.smbd.vfs.FileService;

/**
 * MS-SMB2 3.3.1.9 Per Tree Connect in a Session.
 *
 * @param treeId TreeConnect.TreeId
 * @param share the configuration as it was at connect time; IPC$ has one, too
 * @param files what serves its files; empty for IPC$
 * @param context who acts on files: the session's user, or as {@code force user} says
 * @param maximalAccess the most that this user may have here
 * @param encryptData requests must be encrypted
 * @param onDisconnect gives back what it was given of the server
 */
public record TreeConnect(
        int treeId,
        ShareConfig share,
        Optional<FileService> files,
        SecurityContext context,
        int maximalAccess,
        boolean encryptData,
        Runnable onDisconnect) {
    /** One that was given nothing. */
    public TreeConnect(
            int treeId,
            ShareConfig share,
            Optional<FileService> files,
            SecurityContext context,
            int maximalAccess,
            boolean encryptData) {
        this(treeId, share, files, context, maximalAccess, encryptData, () -> {});
    }

    /** Makes a tree connect under the TreeId it is given. */
    @FunctionalInterface
    public interface Factory {
        /** The tree connect. */
        TreeConnect create(int treeId);
    }

    public boolean isPipe() {
        return files.isEmpty();
    }
}
