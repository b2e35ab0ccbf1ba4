package org.smbd.server.smb2;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.rpc.srvsvc.ShareDirectory;
import org.smbd.server.access.Identities;
import org.smbd.server.access.ShareAccess;
import org.smbd.server.access.ShareAccessPolicy;
import org.smbd.server.access.ShareLookup;
import org.smbd.server.config.EncryptionPolicy;
import org.smbd.server.config.IpcShare;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.config.Substitution;
import org.smbd.server.conn.Caller;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Peer;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.FileService;

/**
 * Connects sessions to shares, for every dialect: what MS-SMB2 3.3.5.7 and MS-CIFS 3.3.5.45 have in common.
 * Refusals are logged and thrown.
 */
public final class ShareConnector {
    private static final Logger LOG = LoggerFactory.getLogger(ShareConnector.class);

    private static final int READ_ONLY_ACCESS = AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_EXECUTE;

    private final ServerConfig config;
    private final ShareLookup shares;
    private final ShareAccessPolicy policy;
    private final Identities identities;
    private final ShareFiles files;
    private final ToIntFunction<String> uses;
    private final InstantSource clock;

    /** @param uses how many tree connects the share of a name has */
    public ShareConnector(
            ServerConfig config,
            Identities identities,
            ShareFiles files,
            ToIntFunction<String> uses,
            InstantSource clock) {
        this.config = config;
        this.shares = new ShareLookup(config, identities);
        this.policy = new ShareAccessPolicy(config, identities);
        this.identities = identities;
        this.files = files;
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * Connects the caller's session to a share or to IPC$.
     *
     * @param unc {@code \\server\share}
     * @throws org.smbd.core.status.SmbException BAD_NETWORK_NAME, ACCESS_DENIED, INSUFFICIENT_RESOURCES, ...
     */
    public TreeConnect connect(Caller caller, String unc) {
        SharePath path = SharePath.parse(unc);
        return path.isPipes() ? connectPipes(caller) : connectShare(caller, path);
    }

    /**
     * Connects somebody to a share who was connected to it before the server was started. In no session: nothing but
     * opens that wait for their client has it.
     *
     * @param address where the client was
     * @throws org.smbd.core.status.SmbException BAD_NETWORK_NAME or ACCESS_DENIED, if it could not connect now
     */
    TreeConnect revive(String name, SecurityContext user, InetAddress address) {
        ShareConfig share = shares.find(name, user.accountName()).orElseThrow(NtStatus.BAD_NETWORK_NAME::exception);
        Peer peer = new Peer(address, address, address.getHostAddress());
        Substitution substitution = substitution(peer, "", share, config.names().netbiosName(), user);
        if (!(policy.decide(share, substitution, user, address) instanceof ShareAccess.Granted access)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        FileService service = files.of(share.withModulesFor(substitution), root(share, substitution));
        int maximalAccess = access.writable() ? AccessMask.FILE_ALL_ACCESS : READ_ONLY_ACCESS;
        boolean encrypts = share.encryption() == EncryptionPolicy.REQUIRED;
        return new TreeConnect(0, share, Optional.of(service), access.context(), maximalAccess, encrypts);
    }

    /** What the caller's server service may show of the shares. */
    public ShareDirectory visibleTo(Caller caller) {
        return new VisibleShares(config, this, uses, caller);
    }

    /** The share of a name, as a caller may mean it. */
    Optional<ShareConfig> find(String name, Caller caller) {
        return shares.find(name, caller.session().securityContext().accountName());
    }

    /** Whether a caller may connect to a share. */
    ShareAccess decide(ShareConfig share, Caller caller) {
        SecurityContext user = caller.session().securityContext();
        Connection connection = caller.connection();
        Substitution substitution =
                substitution(connection, share, config.names().netbiosName(), user);
        return policy.decide(share, substitution, user, connection.peer().address());
    }

    /** Whether {@code admin users} of [global] names a caller. */
    public boolean isAdministrator(Caller caller) {
        return policy.isAdministrator(caller.session().securityContext());
    }

    private TreeConnect connectPipes(Caller caller) {
        SecurityContext user = caller.session().securityContext();
        if (user.isAnonymous() && config.security().restrictAnonymous() >= 2) {
            LOG.warn(
                    "{}: IPC$ refused, restrict anonymous = 2",
                    caller.connection().peer());
            throw NtStatus.ACCESS_DENIED.exception();
        }
        return caller.session()
                .connect(id -> new TreeConnect(
                        id, IpcShare.CONFIG, Optional.empty(), user, AccessMask.FILE_ALL_ACCESS, false));
    }

    private TreeConnect connectShare(Caller caller, SharePath path) {
        Connection connection = caller.connection();
        SecurityContext user = caller.session().securityContext();
        Optional<ShareConfig> found = shares.find(path.share(), user.accountName());
        if (found.isEmpty()) {
            String reason = config.refusal(path.share())
                    .map(refused -> "it is not served: " + refused.reason())
                    .orElse("there is no such share");
            LOG.info("{}: {} asked for {}: {}", connection.peer(), user.accountName(), path, reason);
            throw NtStatus.BAD_NETWORK_NAME.exception();
        }
        ShareConfig share = found.get();
        Substitution substitution = substitution(connection, share, path.server(), user);
        ShareAccess access =
                policy.decide(share, substitution, user, connection.peer().address());
        if (access instanceof ShareAccess.Denied denied) {
            throw refuse(caller, path, denied.status(), denied.reason());
        }
        return connect(caller, path, share, substitution, (ShareAccess.Granted) access);
    }

    private TreeConnect connect(
            Caller caller, SharePath path, ShareConfig share, Substitution substitution, ShareAccess.Granted access) {
        // Everybody knows the key of an anonymous user.
        boolean canSeal = caller.session().security().canSeal()
                && caller.session().securityContext().kind() == SecurityContext.Kind.USER;
        if (share.encryption() == EncryptionPolicy.REQUIRED && !canSeal) {
            throw refuse(
                    caller,
                    path,
                    NtStatus.ACCESS_DENIED,
                    "the share demands encryption, and this session cannot encrypt: use SMB 3 and an account");
        }
        boolean encrypts = canSeal
                && (share.encryption() == EncryptionPolicy.REQUIRED || share.encryption() == EncryptionPolicy.DESIRED);
        FileService service;
        try {
            service = files.of(share.withModulesFor(substitution), root(share, substitution));
        } catch (SmbException | InvalidPathException unusable) {
            throw refuse(caller, path, NtStatus.BAD_NETWORK_NAME, "its directory cannot be served");
        }
        int maximalAccess = access.writable() ? AccessMask.FILE_ALL_ACCESS : READ_ONLY_ACCESS;
        TreeConnect tree = caller.session()
                .connect(id -> new TreeConnect(
                        id,
                        share,
                        Optional.of(service),
                        access.context(),
                        maximalAccess,
                        encrypts,
                        () -> files.release(service)));
        LOG.info(
                "{}: {} connected to {}{}{}",
                caller.connection().peer(),
                caller.session().securityContext().accountName(),
                share.name(),
                access.writable() ? "" : ", read only",
                encrypts ? ", encrypted" : "");
        return tree;
    }

    private static Path root(ShareConfig share, Substitution substitution) {
        if (!substitution.isResolved(share.path())) {
            throw NtStatus.BAD_NETWORK_NAME.exception();
        }
        return Path.of(substitution.expand(share.path()));
    }

    private static SmbException refuse(Caller caller, SharePath path, NtStatus status, String reason) {
        LOG.warn(
                "{}: {} may not connect to {}: {}",
                caller.connection().peer(),
                caller.session().securityContext().accountName(),
                path,
                reason);
        return status.exception();
    }

    private Substitution substitution(
            Connection connection, ShareConfig share, String calledName, SecurityContext user) {
        return substitution(connection.peer(), connection.protocolName(), share, calledName, user);
    }

    private Substitution substitution(
            Peer peer, String protocolName, ShareConfig share, String calledName, SecurityContext user) {
        return new Substitution(new Substitution.Context(
                share.name(),
                user.accountName(),
                user.groupNames().stream().findFirst(),
                identities.home(user.accountName()),
                peer.host(),
                peer.address(),
                peer.local(),
                calledName,
                config.names(),
                protocolName,
                LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault())));
    }
}
