package org.smbd.server.pipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.rpc.ShareDirectory;
import org.smbd.protocol.rpc.ShareEntry;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;

/**
 * The server's shares as one user sees them: what {@code browseable} and {@code access based share enum} leave, the user's
 * own home, and IPC$. Where a share's directory is stays untold.
 */
public final class ListedShares implements ShareDirectory {
    private static final ShareEntry IPC =
            new ShareEntry("IPC$", ShareEntry.STYPE_IPC | ShareEntry.STYPE_SPECIAL, "IPC Service", "", -1, 1, 0);

    private final ServerConfig config;
    private final SecurityContext user;
    private final Function<String, Optional<ShareConfig>> lookup;
    private final Predicate<ShareConfig> mayConnect;
    private final ToIntFunction<ShareConfig> uses;

    /**
     * @param lookup finds a share by any name a client may connect to, homes among them
     * @param mayConnect whether this user would be let in from where it is
     * @param uses how many tree connects a share has
     */
    public ListedShares(
            ServerConfig config,
            SecurityContext user,
            Function<String, Optional<ShareConfig>> lookup,
            Predicate<ShareConfig> mayConnect,
            ToIntFunction<ShareConfig> uses) {
        this.config = config;
        this.user = user;
        this.lookup = lookup;
        this.mayConnect = mayConnect;
        this.uses = uses;
    }

    @Override
    public String serverName() {
        return config.names().netbiosName();
    }

    @Override
    public String serverComment() {
        return config.names().serverString();
    }

    @Override
    public List<ShareEntry> listed() {
        List<ShareEntry> entries = new ArrayList<>();
        config.shares().stream()
                .filter(share -> !share.isHomes() && share.browseable() && isVisible(share))
                .map(this::entry)
                .forEach(entries::add);
        ownHome()
                .filter(home -> config.share(home.name()).isEmpty())
                .map(this::entry)
                .ifPresent(entries::add);
        entries.add(IPC);
        return entries;
    }

    /** As with Samba, {@code browseable = no} of [homes] hides the section, not the user's own home. */
    private Optional<ShareConfig> ownHome() {
        if (config.homes().isEmpty() || user.isGuest() || user.isAnonymous()) {
            return Optional.empty();
        }
        return lookup.apply(user.accountName()).filter(this::isVisible);
    }

    @Override
    public Optional<ShareEntry> find(String name) {
        if (name.equalsIgnoreCase(IPC.name())) {
            return Optional.of(IPC);
        }
        return lookup.apply(name).filter(this::isVisible).map(this::entry);
    }

    private boolean isVisible(ShareConfig share) {
        return share.available() && (!share.accessBasedEnumeration() || mayConnect.test(share));
    }

    private ShareEntry entry(ShareConfig share) {
        return new ShareEntry(
                share.name(), ShareEntry.STYPE_DISKTREE, share.comment(), "", -1, uses.applyAsInt(share), 0);
    }
}
