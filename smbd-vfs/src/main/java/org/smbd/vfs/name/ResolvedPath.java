package org.smbd.vfs.name;

import java.util.Optional;
import org.smbd.vfs.store.StoreStat;

/**
 * Where a client's path leads.
 *
 * @param hostParent exact host path of the parent directory; "" is the root
 * @param hostName exact host name of the file if it exists, else the name it would get; "" for the root itself
 * @param clientPath the path in backslashes, as the client sees it, in the case that is on disk
 * @param parent facts of the parent directory; empty where they were not looked for
 * @param stat facts of the file; empty if it does not exist
 */
public record ResolvedPath(
        String hostParent, String hostName, String clientPath, Optional<StoreStat> parent, Optional<StoreStat> stat) {
    /** The exact host path. */
    public String hostPath() {
        return hostParent.isEmpty() ? hostName : hostName.isEmpty() ? hostParent : hostParent + "/" + hostName;
    }
}
