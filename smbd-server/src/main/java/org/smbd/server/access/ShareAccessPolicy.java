package org.smbd.server.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.server.access.ShareAccess.Denied;
import org.smbd.server.access.ShareAccess.Granted;
import org.smbd.server.config.HostAccess;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.config.Substitution;

/**
 * Who may connect to a share and who may write, in the order in which Samba asks. The lists are held against who logged
 * in; {@code force user} and {@code force group} change only as whom files are touched.
 */
public final class ShareAccessPolicy {
    private final HostAccess hosts;
    private final boolean anonymousMayConnect;
    private final Identities identities;
    private final NameList lists;
    private final List<String> administrators;

    public ShareAccessPolicy(ServerConfig config, Identities identities) {
        this.hosts = config.security().hosts();
        this.anonymousMayConnect = config.security().restrictAnonymous() < 2;
        this.identities = identities;
        this.administrators = config.security().administrators();
        this.lists = new NameList(config.names(), identities);
    }

    /** Whether the address may connect to the server at all. */
    public boolean permits(InetAddress peer) {
        return hosts.permits(peer);
    }

    /** Whether {@code admin users} of [global] names a user. */
    public boolean isAdministrator(SecurityContext user) {
        return lists.admits(administrators, user);
    }

    /** Decides a tree connect. MS-SMB2 3.3.5.7 Receiving an SMB2 TREE_CONNECT Request. */
    public ShareAccess decide(ShareConfig share, Substitution substitution, SecurityContext session, InetAddress peer) {
        ShareConfig.Access access = share.access();
        if (!share.available()) {
            return new Denied(NtStatus.BAD_NETWORK_NAME, "available", "the share is not available");
        }
        if (!hosts.permits(peer) || !access.hosts().permits(peer)) {
            return denied("hosts allow", "its address is kept out by hosts allow or hosts deny");
        }
        if (session.isAnonymous() && !anonymousMayConnect) {
            return denied("restrict anonymous", "anonymous sessions may not connect to shares");
        }
        boolean isGuest = session.isGuest() || session.isAnonymous();
        if (isGuest && !access.guestOk()) {
            return denied("guest ok", "the share is not for guests");
        }
        SecurityContext context =
                access.guestOk() && (access.guestOnly() || session.isAnonymous()) ? identities.guest() : session;
        if (lists.excludes(substitution.expand(access.invalidUsers()), context)) {
            return denied("invalid users", "the user is one of invalid users");
        }
        List<String> validUsers = substitution.expand(access.validUsers());
        if (!validUsers.isEmpty() && !lists.admits(validUsers, context)) {
            return denied("valid users", "the user is not one of valid users");
        }
        ShareAccess decision = forced(share.identity(), substitution, context, mayWrite(access, substitution, context));
        boolean admin = lists.admits(substitution.expand(share.acls().adminUsers()), context);
        return admin && decision instanceof Granted granted
                ? new Granted(granted.writable(), asSuperuser(granted.context()))
                : decision;
    }

    /** {@code admin users}: the superuser for files; groups stay those of the user. */
    private static SecurityContext asSuperuser(SecurityContext context) {
        return context.withPosix(context.posix().map(user -> user.withUid(0)).orElse(PosixIdentity.ROOT));
    }

    private boolean mayWrite(ShareConfig.Access access, Substitution substitution, SecurityContext context) {
        if (lists.admits(substitution.expand(access.writeList()), context)) {
            return true;
        }
        return !access.readOnly() && !lists.excludes(substitution.expand(access.readList()), context);
    }

    private ShareAccess forced(
            ShareConfig.Identity identity, Substitution substitution, SecurityContext context, boolean writable) {
        SecurityContext acting = context;
        if (identity.forceUser().isPresent()) {
            String name = substitution.expand(identity.forceUser().get());
            Optional<PosixIdentity> user = identities.user(name.substring(name.lastIndexOf('\\') + 1));
            if (user.isEmpty()) {
                return denied("force user", "there is no Unix user " + name);
            }
            acting = acting.withPosix(user.get());
        }
        if (identity.forceGroup().isPresent()) {
            String written = substitution.expand(identity.forceGroup().get());
            boolean onlyMembers = written.startsWith("+");
            String name = onlyMembers ? written.substring(1) : written;
            OptionalInt group = identities.group(name.substring(name.lastIndexOf('\\') + 1));
            if (group.isEmpty()) {
                return denied("force group", "there is no Unix group " + name);
            }
            Optional<PosixIdentity> posix = acting.posix();
            if (posix.isPresent() && (!onlyMembers || isMember(posix.get(), group.getAsInt()))) {
                acting = acting.withPosix(posix.get().withGid(group.getAsInt()));
            }
        }
        return new Granted(writable, acting);
    }

    private static boolean isMember(PosixIdentity user, int group) {
        return user.gid() == group || Arrays.stream(user.groups()).anyMatch(gid -> gid == group);
    }

    private static Denied denied(String parameter, String reason) {
        return new Denied(NtStatus.ACCESS_DENIED, parameter, reason);
    }
}
