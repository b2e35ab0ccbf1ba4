package org.smbd.server.smb2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.rpc.srvsvc.ShareDirectory;
import org.smbd.protocol.rpc.srvsvc.ShareEntry;
import org.smbd.server.access.ShareAccess;
import org.smbd.server.config.IpcShare;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.conn.Caller;

/** The shares as one caller of the server service sees them: {@code browseable}, {@code access based share enum}. */
final class VisibleShares implements ShareDirectory {
    private static final int NO_LIMIT = -1;

    private final ServerConfig config;
    private final ShareConnector connects;
    private final ToIntFunction<String> uses;
    private final Caller caller;

    /** @param uses how many tree connects the share of a name has */
    VisibleShares(ServerConfig config, ShareConnector connects, ToIntFunction<String> uses, Caller caller) {
        this.config = config;
        this.connects = connects;
        this.uses = uses;
        this.caller = caller;
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
        for (ShareConfig share : config.shares()) {
            if (share.browseable() && share.available() && !share.isHomes() && mayKnow(share)) {
                entries.add(entry(share));
            }
        }
        ownHome().map(this::entry).ifPresent(entries::add);
        entries.add(pipes());
        return entries;
    }

    /** As with Samba, {@code browseable = no} of [homes] hides the section, not the user's own home. */
    private Optional<ShareConfig> ownHome() {
        SecurityContext user = caller.session().securityContext();
        if (config.homes().isEmpty()
                || user.isGuest()
                || user.isAnonymous()
                || config.share(user.accountName()).isPresent()) {
            return Optional.empty();
        }
        return connects.find(user.accountName(), caller).filter(home -> home.available() && mayKnow(home));
    }

    @Override
    public Optional<ShareEntry> find(String name) {
        return name.equalsIgnoreCase(IpcShare.NAME)
                ? Optional.of(pipes())
                : connects.find(name, caller)
                        .filter(share -> share.available() && mayKnow(share))
                        .map(this::entry);
    }

    private boolean mayKnow(ShareConfig share) {
        return !share.accessBasedEnumeration() || connects.decide(share, caller) instanceof ShareAccess.Granted;
    }

    /** Where a share is on this machine is nobody's business. */
    private ShareEntry entry(ShareConfig share) {
        int current = uses.applyAsInt(share.name());
        return new ShareEntry(share.name(), ShareEntry.STYPE_DISKTREE, share.comment(), "", NO_LIMIT, current, 0);
    }

    private ShareEntry pipes() {
        return new ShareEntry(
                IpcShare.NAME,
                ShareEntry.STYPE_IPC | ShareEntry.STYPE_SPECIAL,
                IpcShare.CONFIG.comment(),
                "",
                NO_LIMIT,
                uses.applyAsInt(IpcShare.NAME),
                0);
    }
}
