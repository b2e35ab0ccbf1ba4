package org.smbd.server.config;

import java.util.List;
import java.util.Optional;
import org.smbd.vfs.DosOptions;
import org.smbd.vfs.name.NameOptions;

/** IPC$, the share of the named pipes. It is always there and needs no configuration. */
public final class IpcShare {
    public static final String NAME = "IPC$";

    public static final ShareConfig CONFIG = new ShareConfig(
            NAME,
            "",
            "IPC Service",
            "",
            "",
            true,
            false,
            false,
            new ShareConfig.Access(false, true, false, List.of(), List.of(), List.of(), List.of(), HostAccess.ALL),
            new ShareConfig.Identity(Optional.empty(), Optional.empty()),
            new ShareConfig.Modes(0, 0, 0, 0, InheritOwner.NO),
            new ShareConfig.Files(false, false, false, true, false),
            EncryptionPolicy.IF_REQUIRED,
            ShareModules.NONE,
            NameOptions.DEFAULT,
            new ShareAttributes(false, "", true, false),
            Locking.DEFAULT,
            DosOptions.DEFAULT,
            new ShareConfig.Oplocks(false, false, false, false),
            AclConfig.NONE);

    private IpcShare() {}
}
