package org.smbd.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.server.config.AclConfig;
import org.smbd.server.config.ChangeNotify;
import org.smbd.server.config.InheritOwner;
import org.smbd.server.config.RecycleConfig;
import org.smbd.server.config.ShadowCopyConfig;
import org.smbd.server.config.ShareAttributes;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.smb2.ShareFiles;
import org.smbd.vfs.AttributeOptions;
import org.smbd.vfs.FileService;
import org.smbd.vfs.ShareOptions;
import org.smbd.vfs.ea.EaOptions;
import org.smbd.vfs.lock.LockOptions;
import org.smbd.vfs.notify.NotifyOptions;
import org.smbd.vfs.oplock.BreakClock;
import org.smbd.vfs.recycle.RecycleOptions;
import org.smbd.vfs.security.AclOptions;
import org.smbd.vfs.security.SidMapping;
import org.smbd.vfs.snapshot.SnapshotOptions;
import org.smbd.vfs.stream.StreamOptions;

/**
 * The file services of the shares: one for each share and directory, made when the first client connects, and closed
 * when the last is gone. A path with a variable is as many directories as there are users, or seconds.
 */
final class ShareServices implements ShareFiles, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShareServices.class);

    private final SmbServer.FileServiceFactory factory;
    private final ChangeNotify notify;
    private final BreakClock clock;
    private final Duration breakTimeout;
    private final SidMapping sids;
    private final ConcurrentMap<ShareOptions, Served> services = new ConcurrentHashMap<>();

    /** A service and how many use it. */
    private record Served(FileService service, int users) {
        Served oneMore() {
            return new Served(service, users + 1);
        }
    }

    ShareServices(
            SmbServer.FileServiceFactory factory,
            ChangeNotify notify,
            BreakClock clock,
            Duration breakTimeout,
            SidMapping sids) {
        this.factory = factory;
        this.notify = notify;
        this.clock = clock;
        this.breakTimeout = breakTimeout;
        this.sids = sids;
    }

    @Override
    public FileService of(ShareConfig share, Path root) {
        ShareOptions options = options(share, root);
        Served served = services.computeIfPresent(options, (key, present) -> present.oneMore());
        if (served != null) {
            return served.service();
        }
        FileService opened = open(options); // which looks at the disk: no other share waits for it
        FileService service = services.compute(
                        options, (key, present) -> present == null ? new Served(opened, 1) : present.oneMore())
                .service();
        if (!service.equals(opened)) {
            opened.close();
        }
        return service;
    }

    @Override
    public void release(FileService service) {
        services.forEach((options, served) -> {
            if (served.service().equals(service)) {
                release(options, service);
            }
        });
    }

    private void release(ShareOptions options, FileService service) {
        AtomicReference<FileService> unused = new AtomicReference<>();
        services.computeIfPresent(options, (key, served) -> {
            if (!served.service().equals(service) || served.users() > 1) {
                return served.service().equals(service) ? new Served(service, served.users() - 1) : served;
            }
            unused.set(service);
            return null;
        });
        if (unused.get() != null) {
            unused.get().close();
        }
    }

    private FileService open(ShareOptions options) {
        try {
            FileService files = factory.open(options);
            files.attach(clock, breakTimeout);
            return files;
        } catch (IOException unusable) {
            LOG.warn("share {}: {} cannot be served: {}", options.label(), options.root(), unusable.toString());
            throw NtStatus.BAD_NETWORK_NAME.exception();
        }
    }

    private ShareOptions options(ShareConfig share, Path root) {
        ShareConfig.Modes modes = share.modes();
        return new ShareOptions(
                root,
                share.volume().isEmpty() ? share.name() : share.volume(),
                modes.createMask(),
                modes.forceCreateMode(),
                modes.directoryMask(),
                modes.forceDirectoryMode(),
                modes.inheritOwner() != InheritOwner.NO,
                share.files().followSymlinks(),
                share.files().storeDosAttributes(),
                share.files().hideDotFiles(),
                share.files().strictSync(),
                share.files().syncAlways(),
                share.modules().recycle().map(ShareServices::recycle),
                share.names(),
                new ShareOptions.Versions(share.modules().shadowCopy().map(ShareServices::snapshots), false),
                attributes(share),
                new NotifyOptions(notify.enabled(), notify.kernel()),
                new LockOptions(
                        share.locking().kept(),
                        share.locking().strict(),
                        share.locking().posix()),
                share.dos(),
                acls(share));
    }

    private static SnapshotOptions snapshots(ShadowCopyConfig shadowCopy) {
        return new SnapshotOptions(
                shadowCopy.snapper() ? SnapshotOptions.Layout.SNAPPER : SnapshotOptions.Layout.NAMED,
                shadowCopy.snapDirectory(),
                shadowCopy.mountPoint().map(Path::of),
                shadowCopy.baseDirectory().map(Path::of),
                shadowCopy.snapSharePath(),
                shadowCopy.format(),
                shadowCopy.sscanf(),
                shadowCopy.localTime(),
                shadowCopy.snapPrefix(),
                shadowCopy.delimiter());
    }

    private static AttributeOptions attributes(ShareConfig share) {
        ShareAttributes attributes = share.attributes();
        return new AttributeOptions(
                new StreamOptions(attributes.streams(), attributes.streamPrefix(), attributes.storeStreamType()),
                new EaOptions(attributes.eas(), Set.of(share.acls().attributeName())));
    }

    private AclOptions acls(ShareConfig share) {
        AclConfig acls = share.acls();
        return new AclOptions(
                acls.support(),
                acls.stored(),
                acls.attributeName(),
                acls.ignoreSystemAcls(),
                AclOptions.DefaultStyle.valueOf(acls.defaultStyle().name()),
                acls.inheritAcls(),
                acls.inheritPermissions(),
                acls.mapFullControl(),
                acls.dosFilemode(),
                acls.canonicalizeInheritance(),
                share.modes().inheritOwner() == InheritOwner.WINDOWS_AND_UNIX,
                acls.hideUnreadable(),
                acls.hideUnwriteable(),
                sids,
                acls.mapInherit());
    }

    private static RecycleOptions recycle(RecycleConfig recycle) {
        return new RecycleOptions(
                String.join("/", pathNames(recycle.repository())),
                recycle.directoryMode(),
                recycle.subdirectoryMode(),
                recycle.keepTree(),
                recycle.versions(),
                recycle.touch(),
                recycle.touchWriteTime(),
                recycle.minSizeBytes(),
                recycle.maxSizeBytes(),
                recycle.exclude(),
                recycle.excludeDirectories(),
                recycle.noVersions());
    }

    private static List<String> pathNames(String path) {
        return Stream.of(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }

    @Override
    public void close() {
        services.values().forEach(served -> served.service().close());
        services.clear();
    }
}
