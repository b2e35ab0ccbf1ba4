package org.smbd.vfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.vfs.data.DataContext;
import org.smbd.vfs.data.FsControls;
import org.smbd.vfs.ea.EaStore;
import org.smbd.vfs.kernel.KernelChanges;
import org.smbd.vfs.name.IndexedPathResolver;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.notify.DirectoryWatch;
import org.smbd.vfs.oplock.Acknowledged;
import org.smbd.vfs.oplock.BreakClock;
import org.smbd.vfs.oplock.LeaseKey;
import org.smbd.vfs.quota.QuotaIndex;
import org.smbd.vfs.quota.VolumeQuotas;
import org.smbd.vfs.recycle.RecycleBin;
import org.smbd.vfs.security.AclOptions;
import org.smbd.vfs.security.DescriptorUpdate;
import org.smbd.vfs.security.FileSecurity;
import org.smbd.vfs.snapshot.PreviousVersions;
import org.smbd.vfs.store.AttributeStore;
import org.smbd.vfs.store.FileIds;
import org.smbd.vfs.store.Identities;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;
import org.smbd.vfs.store.XattrAttributeStore;
import org.smbd.vfs.stream.StoredStream;
import org.smbd.vfs.stream.StreamPath;
import org.smbd.vfs.stream.StreamStore;

/** Serves a directory of this host. MS-FSA 2.1.5 Higher-Layer Triggered Events. */
public final class LocalFileService implements FileService {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFileService.class);

    private final Share share;
    private final OpenAlgorithm opener;
    private final StreamOpenAlgorithm streamOpener;
    private final RenameAlgorithm renamer;
    private final SetAlgorithms setter;
    private final DataAlgorithms data;
    private final VolumeQueries volumes;
    private final CloseAlgorithm closer;
    private final NameChangeBreaks nameChangeBreaks;
    private final SecurityAlgorithms security;
    private final FsControls controls;
    private final Optional<PreviousVersions> versions;
    private final LinkStops linkStops;
    private final QuotaAlgorithms quotas;
    private final IndexedPathResolver names;
    /** Each open holds the volume; what is closed may still have opens whose last requests are not yet done. */
    private final LastUse use = new LastUse(this::closeVolume);

    private LocalFileService(Share share, AttributeStore attributes, IndexedPathResolver names, long rootCreationTime) {
        this.share = share;
        this.names = names;
        this.opener = new OpenAlgorithm(share);
        this.streamOpener = new StreamOpenAlgorithm(share, opener);
        this.renamer = new RenameAlgorithm(share);
        this.setter = new SetAlgorithms(share);
        this.data = new DataAlgorithms(share, setter);
        this.closer = new CloseAlgorithm(share);
        this.nameChangeBreaks = new NameChangeBreaks(share);
        this.security = new SecurityAlgorithms(share);
        this.controls = FsControls.of(new DataContext(
                share.volume(),
                attributes,
                open -> data.afterWrite((LocalOpen) open, false),
                open -> ((LocalOpen) open).reportChange(CompletionFilter.ATTRIBUTES)));
        this.volumes = new VolumeQueries(share, controls, rootCreationTime);
        this.versions = share.options()
                .versions()
                .snapshots()
                .map(snapshots -> new PreviousVersions(
                        share.options().root(),
                        snapshots,
                        root -> open(share.options().ofVersion(root), share.nodes())));
        this.quotas = new QuotaAlgorithms(share, opener);
        this.linkStops = new LinkStops(share, controls.reparsePoints());
    }

    /**
     * Serves a share.
     *
     * @param nodes one table for all shares of the process: they may show the same files
     * @throws IOException if the root is not there
     */
    public static LocalFileService open(ShareOptions options, NodeTable nodes) throws IOException {
        return open(options, nodes, Volumes.open(options.root(), options.followSymlinks()));
    }

    /** As {@link #open(ShareOptions, NodeTable)}, on a volume of the caller's, which is closed with the service. */
    public static LocalFileService open(ShareOptions options, NodeTable nodes, Volume bare) throws IOException {
        Volume volume = options.recycle()
                .<Volume>map(recycle -> new RecycleBin(bare, recycle, InstantSource.system()))
                .orElse(bare);
        PosixIdentity process = Identities.daemon();
        StoreStat root = volume.stat(process, "").orElseThrow(() -> new IOException(options.root() + " is not there"));
        // A file system in memory has users of its own, and the process is the one whom the root belongs to.
        boolean ofHost = options.root().getFileSystem() == FileSystems.getDefault();
        PosixIdentity daemon = ofHost ? process : new PosixIdentity(root.uid(), root.gid(), new int[0]);
        AttributeStore attributes = new XattrAttributeStore(
                volume, options.storeDosAttributes(), options.dos().modes());
        Facts facts = new Facts(options, attributes, new FileIds(root.key().device()));
        IndexedPathResolver resolver = new IndexedPathResolver(volume, options.names());
        DirtyNames dirtyNames = new DirtyNames(volume);
        Share share = new Share(
                options,
                options.root().toRealPath().toString(),
                volume,
                resolver,
                nodes,
                facts,
                dirtyNames,
                daemon,
                new StreamStore(
                        options.attributes().streams(),
                        bare,
                        daemon,
                        nodes.streams(),
                        options.versions().previous()),
                new EaStore(
                        options.attributes().eas(),
                        options.attributes().streams().prefix(),
                        volume),
                security(options, volume));
        return new LocalFileService(share, attributes, resolver, root.creationTime());
    }

    /** Where no process of this rank can write the attribute that descriptors belong into, another one takes them. */
    private static FileSecurity security(ShareOptions options, Volume volume) {
        AclOptions acls = options.acls();
        int creationMode = options.createMask() | options.directoryMask();
        boolean privileged = volume.capabilities().identity();
        if (acls.stored() && !privileged && acls.attributeName().startsWith("security.")) {
            LOG.info(
                    "{}: not privileged: descriptors are kept in {} instead of {}",
                    options.label(),
                    AclOptions.USER_NTACL,
                    acls.attributeName());
            acls = acls.withAttributeName(AclOptions.USER_NTACL);
        }
        return new FileSecurity(acls, creationMode, !privileged);
    }

    @Override
    public Outcome<OpenResult> open(OpenRequest request) {
        return RetriedAfterBreak.of(() -> attempt(request), cancelled -> close(cancelled.open()));
    }

    private Outcome<OpenResult> attempt(OpenRequest request) {
        if (!use.begin()) {
            return new Outcome.Fail<>(NtStatus.NETWORK_NAME_DELETED);
        }
        boolean held = false;
        KernelChanges.Operation own = share.nodes().kernelChanges().begin();
        try {
            Outcome<OpenResult> outcome = share.options().versions().previous()
                    ? PreviousVersion.open(this, this::openStream, request)
                    : openStream(request);
            if (outcome instanceof Outcome.Done<OpenResult> done) {
                ((LocalOpen) done.value().open()).onClosed(use::end);
                held = true;
            }
            return linkStops.explain(request, outcome);
        } finally {
            own.end();
            if (!held) {
                use.end();
            }
        }
    }

    @Override
    public List<Long> snapshotTimes() {
        return versions.map(PreviousVersions::times).orElse(List.of());
    }

    @Override
    public Optional<FileService> at(long snapshotTime) {
        return versions.flatMap(known -> known.at(snapshotTime));
    }

    /** An open of a file, or of a named stream of one. */
    private Outcome<OpenResult> openStream(OpenRequest request) {
        if (QuotaIndex.isNamedBy(request.path()) && request.posix().isEmpty()) {
            return quotas.openIndex(request);
        }
        Optional<NtStatus> wrong = share.eas().check(request.extendedAttributes());
        if (wrong.isPresent()) {
            return new Outcome.Fail<>(wrong.get());
        }
        if (request.posix().isPresent()) {
            return opener.open(request); // where a colon is a character as any other
        }
        Outcome<StreamPath> parsed = StreamPath.parse(request.path());
        if (parsed instanceof Outcome.Fail<StreamPath> fail) {
            return new Outcome.Fail<>(fail.status());
        }
        StreamPath path = ((Outcome.Done<StreamPath>) parsed).value();
        if (path.type() == StreamPath.Type.NONE) {
            return opener.open(request);
        }
        if (!share.streams().isServed()) {
            return new Outcome.Fail<>(NtStatus.OBJECT_NAME_INVALID); // smb2.create_no_streams.no_stream pins it
        }
        return path.isNamed() ? streamOpener.open(request, path) : opener.open(request, path);
    }

    @Override
    public int read(FileOpen open, long offset, ByteBuffer target, LockOwner owner) {
        return data.read((LocalOpen) open, offset, target, owner);
    }

    @Override
    public int readNow(FileOpen open, long offset, ByteBuffer target, LockOwner owner) {
        return data.readNow((LocalOpen) open, offset, target, owner);
    }

    @Override
    public int write(FileOpen open, long offset, ByteBuffer source, boolean writeThrough, LockOwner owner) {
        return data.write((LocalOpen) open, offset, source, writeThrough, owner);
    }

    @Override
    public void close(FileOpen handle) {
        LocalOpen open = (LocalOpen) handle;
        if (!open.beginClose()) {
            return;
        }
        open.endWatch();
        open.reportPending();
        open.node().locks().closed(open);
        Runnable others = open.node().caching().leave(open.caching());
        KernelChanges.Operation own = share.nodes().kernelChanges().begin();
        try {
            closer.close(open);
        } finally {
            own.end();
            try {
                open.base().ifPresent(base -> closeWithStream(base, open));
                open.closed();
            } finally {
                others.run();
            }
        }
    }

    private void closeWithStream(LocalOpen base, LocalOpen stream) {
        base.node().removeStream(stream);
        close(base);
    }

    @Override
    public NtStatus queryDirectory(FileOpen handle, String pattern, DirectoryQueryMode mode, DirectorySink sink) {
        LocalOpen open = (LocalOpen) handle;
        if (!open.isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (!open.mayAny(AccessMask.FILE_LIST_DIRECTORY)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        DirectoryListing listing = new DirectoryListing(share, open);
        return open.cursor().query(pattern, mode, listing::names, listing::entry, sink);
    }

    @Override
    public void flush(FileOpen open) {
        data.flush((LocalOpen) open);
    }

    @Override
    public Outcome<Void> lock(FileOpen open, List<ByteRange> ranges, LockOwner owner) {
        return data.lock((LocalOpen) open, ranges, owner);
    }

    @Override
    public FileMetadata queryMetadata(FileOpen handle) {
        LocalOpen open = (LocalOpen) handle;
        return share.facts().of(open).withEaSize(share.eas().size(open.file()));
    }

    @Override
    public PosixMetadata queryPosix(FileOpen handle) {
        LocalOpen open = (LocalOpen) handle;
        return share.facts().posix(open.file(), open.path());
    }

    @Override
    public Optional<String> queryShortName(FileOpen handle) {
        return ((LocalOpen) handle).shortName();
    }

    @Override
    public List<StreamFacts> queryStreams(FileOpen handle) {
        StoreFile host = ((LocalOpen) handle).file().host();
        StoreStat stat = host.stat();
        List<StreamFacts> streams = new ArrayList<>();
        if (!stat.isDirectory()) {
            streams.add(new StreamFacts("::$DATA", stat.size(), stat.allocatedBytes()));
        }
        for (StoredStream stream : share.streams().list(host)) {
            streams.add(new StreamFacts(":" + stream.name() + ":$DATA", stream.sizeBytes(), stream.allocatedBytes()));
        }
        return streams;
    }

    @Override
    public List<ExtendedAttribute> queryExtendedAttributes(FileOpen handle) {
        LocalOpen open = (LocalOpen) handle;
        if (!open.mayAny(AccessMask.FILE_READ_EA)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (!share.eas().isServed()) {
            throw NtStatus.EAS_NOT_SUPPORTED.exception();
        }
        return share.eas().list(open.file());
    }

    @Override
    public void setExtendedAttributes(FileOpen handle, List<ExtendedAttribute> changes) {
        LocalOpen open = (LocalOpen) handle;
        if (!open.mayAny(AccessMask.FILE_WRITE_EA)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        share.eas().set(open.file(), changes);
        setter.putTimesBack(open);
        open.reportChange(CompletionFilter.EA | CompletionFilter.ATTRIBUTES);
    }

    @Override
    public VolumeQuotas quotas(FileOpen handle) {
        return quotas.of((LocalOpen) handle);
    }

    @Override
    public VolumeFacts queryVolume(FileOpen open) {
        return volumes.query((LocalOpen) open);
    }

    @Override
    public int maximalAccess(FileOpen handle, SecurityContext context) {
        LocalOpen open = (LocalOpen) handle;
        StoreStat stat = open.file().stat();
        AccessRights.Subject subject = new AccessRights.Subject(
                context, context.equals(open.context()) ? open.who() : share.identity(context));
        return new AccessRights(share)
                        .of(subject, open.hostPath(), open.file(), stat, AccessMask.FILE_ALL_ACCESS)
                        .granted()
                & open.accessMax();
    }

    @Override
    public SecurityDescriptor querySecurity(FileOpen open, int parts) {
        return security.query((LocalOpen) open, parts);
    }

    @Override
    public void setSecurity(FileOpen handle, DescriptorUpdate update) {
        LocalOpen open = (LocalOpen) handle;
        security.set(open, update);
        setter.putTimesBack(open);
        open.reportChange(CompletionFilter.SECURITY);
    }

    @Override
    public void setBasic(FileOpen open, BasicInformation information) {
        if (information.touchesTheFile()) {
            DirectoryChange.of(share, (LocalOpen) open, () -> setter.basic((LocalOpen) open, information));
        } else {
            setter.basic((LocalOpen) open, information);
        }
    }

    @Override
    public Outcome<Void> prepare(FileOpen open, NameChange change) {
        return nameChangeBreaks.prepare((LocalOpen) open, change);
    }

    @Override
    public Outcome<Acknowledged> acknowledgeLease(LeaseKey key, int state) {
        return share.nodes().oplocks().acknowledge(key, state);
    }

    @Override
    public void attach(BreakClock clock, Duration breakTimeout) {
        share.nodes().oplocks().attach(clock, breakTimeout);
    }

    @Override
    public void setEndOfFile(FileOpen open, long endOfFile) {
        setter.endOfFile((LocalOpen) open, endOfFile);
    }

    @Override
    public void setAllocation(FileOpen open, long allocationSize) {
        setter.allocation((LocalOpen) open, allocationSize);
    }

    @Override
    public void setValidDataLength(FileOpen open, long validDataLength) {
        setter.validDataLength((LocalOpen) open, validDataLength);
    }

    @Override
    public void setShortName(FileOpen open, String name) {
        ShortNameAlgorithm.set((LocalOpen) open, name);
    }

    @Override
    public void setDisposition(FileOpen open, Disposition disposition) {
        setter.disposition((LocalOpen) open, disposition);
    }

    @Override
    public void rename(FileOpen open, String newPath, RenameOptions options) {
        KernelChanges.Operation own = share.nodes().kernelChanges().begin();
        try {
            renamer.rename((LocalOpen) open, newPath, options);
        } finally {
            own.end();
        }
    }

    @Override
    public void link(FileOpen open, String newPath, boolean replaceIfExists) {
        KernelChanges.Operation own = share.nodes().kernelChanges().begin();
        try {
            renamer.link((LocalOpen) open, newPath, replaceIfExists);
        } finally {
            own.end();
        }
    }

    @Override
    public void setMode(FileOpen open, int mode) {
        setter.mode((LocalOpen) open, mode);
    }

    @Override
    public void setPosition(FileOpen open, long positionBytes) {
        setter.position((LocalOpen) open, positionBytes);
    }

    @Override
    public Outcome<List<ChangeNotification>> notifyChange(
            FileOpen handle, int completionFilter, boolean watchTree, int outputBytesMax) {
        LocalOpen open = (LocalOpen) handle;
        if (!share.options().changeNotify().enabled()) {
            return new Outcome.Fail<>(NtStatus.NOT_IMPLEMENTED);
        }
        if (!open.isDirectory()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (!open.mayAny(AccessMask.FILE_LIST_DIRECTORY)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        if (open.node().isDeletePending()) {
            return new Outcome.Fail<>(NtStatus.DELETE_PENDING);
        }
        DirectoryWatch watch = open.watch();
        if (share.options().changeNotify().kernel()) {
            open.watchKernel(watchTree);
        }
        Outcome<List<ChangeNotification>> outcome = watch.request(completionFilter, watchTree, outputBytesMax);
        if (outcome instanceof Outcome.Wait && open.node().isDeletePending()) { // it was marked just now
            share.changes().deletePending(open.location());
        }
        return outcome;
    }

    @Override
    public Optional<LinkStop> stoppedAt(OpenRequest request) {
        return linkStops.find(request);
    }

    @Override
    public FsControls controls() {
        return controls;
    }

    @Override
    public void close() {
        use.close();
    }

    private void closeVolume() {
        versions.ifPresent(PreviousVersions::close);
        share.streams().close();
        names.close();
        share.volume().close();
    }
}
