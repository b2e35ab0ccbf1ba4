package org.smbd.server.smb2;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.rpc.ShareDirectory;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.TreeConnectRequest;
import org.smbd.protocol.smb2.TreeConnectResponse;
import org.smbd.server.access.Identities;
import org.smbd.server.access.ShareAccess;
import org.smbd.server.access.ShareAccessPolicy;
import org.smbd.server.access.ShareLookup;
import org.smbd.server.config.EncryptionPolicy;
import org.smbd.server.config.IpcShare;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.config.Substitution;
import org.smbd.server.conn.Connection;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.FileService;

/** MS-SMB2 3.3.5.7 Receiving an SMB2 TREE_CONNECT Request. */
public final class TreeConnectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TreeConnectHandler.class);

    private static final int READ_ONLY_ACCESS = AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_EXECUTE;

    private final ServerConfig config;
    private final ShareLookup shares;
    private final ShareAccessPolicy policy;
    private final Identities identities;
    private final ShareFiles files;
    private final InstantSource clock;

    public TreeConnectHandler(ServerConfig config, Identities identities, ShareFiles files, InstantSource clock) {
        this.config = config;
        this.shares = new ShareLookup(config, identities);
        this.policy = new ShareAccessPolicy(config, identities);
        this.identities = identities;
        this.files = files;
        this.clock = clock;
    }

    /** Connects the session to a share. */
    public Reply handle(Request context, TreeConnectRequest request) {
        Connection connection = context.connection();
        Session session = context.session();
        if (connection.dialect().hasPreauthIntegrity()
                && session.security().canSign()
                && !context.header().has(Smb2Flags.SIGNED)
                && !context.isSealed()) {
            LOG.warn("{}: closed, its TREE_CONNECT was neither signed nor encrypted", connection.peer());
            connection.disconnect();
            return new Reply.None();
        }
        SharePath path = SharePath.parse(request.path());
        return path.isPipes() ? connectPipes(context) : connectShare(context, path);
    }

    /** What the caller's server service may show of the shares. */
    public ShareDirectory visibleTo(RequestContext caller) {
        return new VisibleShares(config, this, caller);
    }

    /** The share of a name, as a caller may mean it. */
    Optional<ShareConfig> find(String name, RequestContext caller) {
        return shares.find(name, caller.session().securityContext().accountName());
    }

    /** Whether a caller may connect to a share. */
    ShareAccess decide(ShareConfig share, RequestContext caller) {
        SecurityContext user = caller.session().securityContext();
        Connection connection = caller.connection();
        Substitution substitution =
                substitution(connection, share, config.names().netbiosName(), user);
        return policy.decide(share, substitution, user, connection.peer().address());
    }

    private Reply connectPipes(Request context) {
        SecurityContext user = context.session().securityContext();
        if (user.isAnonymous() && config.security().restrictAnonymous() >= 2) {
            LOG.warn(
                    "{}: IPC$ refused, restrict anonymous = 2",
                    context.connection().peer());
            return Reply.failure(NtStatus.ACCESS_DENIED);
        }
        TreeConnect tree = context.session()
                .connect(id -> new TreeConnect(
                        id, IpcShare.CONFIG, Optional.empty(), user, AccessMask.FILE_ALL_ACCESS, false));
        context.connected(tree);
        return Reply.success(new TreeConnectResponse(
                TreeConnectResponse.TYPE_PIPE, TreeConnectResponse.FLAG_NO_CACHING, 0, AccessMask.FILE_ALL_ACCESS));
    }

    private Reply connectShare(Request context, SharePath path) {
        Connection connection = context.connection();
        SecurityContext user = context.session().securityContext();
        Optional<ShareConfig> found = shares.find(path.share(), user.accountName());
        if (found.isEmpty()) {
            String reason = config.refusal(path.share())
                    .map(refused -> "it is not served: " + refused.reason())
                    .orElse("there is no such share");
            LOG.info("{}: {} asked for {}: {}", connection.peer(), user.accountName(), path, reason);
            return Reply.failure(NtStatus.BAD_NETWORK_NAME);
        }
        ShareConfig share = found.get();
        Substitution substitution = substitution(connection, share, path.server(), user);
        ShareAccess access =
                policy.decide(share, substitution, user, connection.peer().address());
        if (access instanceof ShareAccess.Denied denied) {
            return refuse(context, path, denied.status(), denied.reason());
        }
        return connect(context, path, share, substitution, (ShareAccess.Granted) access);
    }

    private Reply connect(
            Request context, SharePath path, ShareConfig share, Substitution substitution, ShareAccess.Granted access) {
        boolean canSeal = context.session().security().canSeal();
        if (share.encryption() == EncryptionPolicy.REQUIRED && !canSeal) {
            return refuse(
                    context,
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
            return refuse(context, path, NtStatus.BAD_NETWORK_NAME, "its directory cannot be served");
        }
        int maximalAccess = access.writable() ? AccessMask.FILE_ALL_ACCESS : READ_ONLY_ACCESS;
        TreeConnect tree = context.session()
                .connect(id ->
                        new TreeConnect(id, share, Optional.of(service), access.context(), maximalAccess, encrypts));
        context.connected(tree);
        LOG.info(
                "{}: {} connected to {}{}{}",
                context.connection().peer(),
                context.session().securityContext().accountName(),
                share.name(),
                access.writable() ? "" : ", read only",
                encrypts ? ", encrypted" : "");
        return Reply.success(new TreeConnectResponse(
                TreeConnectResponse.TYPE_DISK,
                TreeConnectResponse.FLAG_MANUAL_CACHING | (encrypts ? TreeConnectResponse.FLAG_ENCRYPT_DATA : 0),
                0,
                maximalAccess));
    }

    private static Path root(ShareConfig share, Substitution substitution) {
        if (!substitution.isResolved(share.path())) {
            throw NtStatus.BAD_NETWORK_NAME.exception();
        }
        return Path.of(substitution.expand(share.path()));
    }

    private Reply refuse(Request context, SharePath path, NtStatus status, String reason) {
        LOG.warn(
                "{}: {} may not connect to {}: {}",
                context.connection().peer(),
                context.session().securityContext().accountName(),
                path,
                reason);
        return Reply.failure(status);
    }

    private Substitution substitution(
            Connection connection, ShareConfig share, String calledName, SecurityContext user) {
        return new Substitution(new Substitution.Context(
                share.name(),
                user.accountName(),
                user.groupNames().stream().findFirst(),
                identities.home(user.accountName()),
                connection.peer().host(),
                connection.peer().address(),
                connection.peer().local(),
                calledName,
                config.names(),
                connection.dialect().name(),
                LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault())));
    }
}
