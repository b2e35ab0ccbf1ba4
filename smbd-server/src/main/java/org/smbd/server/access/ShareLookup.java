package org.smbd.server.access;

import java.nio.file.Path;
import java.util.Optional;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;

/**
 * Finds the share that a client names. A name that no share has may be that of a user: [homes] then becomes a share of
 * that name at the user's home directory, or at its own path.
 */
public final class ShareLookup {
    private final ServerConfig config;
    private final Identities identities;

    public ShareLookup(ServerConfig config, Identities identities) {
        this.config = config;
        this.identities = identities;
    }

    /**
     * The share, if there is one.
     *
     * @param name as the client wrote it
     * @param user the account that asks: to it, "homes" means its own home directory
     */
    public Optional<ShareConfig> find(String name, String user) {
        Optional<ShareConfig> share = config.share(name);
        if (share.isPresent()
                || config.homes().isEmpty()
                || config.refusal(name).isPresent()) {
            return share;
        }
        String owner = name.equalsIgnoreCase(ShareConfig.HOMES) ? user : name;
        ShareConfig homes = config.homes().get();
        return identities
                .home(owner)
                .map(Path::toString)
                .map(home -> homes.withNameAndPath(owner, homes.path().isEmpty() ? home : homes.path()));
    }
}
