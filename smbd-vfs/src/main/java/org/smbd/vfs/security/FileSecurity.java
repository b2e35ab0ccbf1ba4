package org.smbd.vfs.security;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/**
 * The descriptors of a share's files: kept in an attribute beside the permissions of the host, or made of these alone.
 *
 * <p>A kept descriptor counts as long as the host's permissions are those that it was written with; somebody who
 * changes the mode on the host takes it out of force.
 */
public final class FileSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(FileSecurity.class);
    private static final int PERMISSIONS = 0777;
    private static final int GROUP_SHIFT = 3;

    private final AclOptions options;
    private final PosixDescriptors byHost;
    private final int creationMode;
    private final boolean ownsAll;

    /**
     * For a share.
     *
     * @param creationMode mode bits that new files and directories may have
     * @param ownsAll whether one process is every user to the host, so that only kept descriptors tell them apart
     */
    public FileSecurity(AclOptions options, int creationMode, boolean ownsAll) {
        this.options = options;
        this.ownsAll = ownsAll;
        this.byHost = new PosixDescriptors(options);
        this.creationMode = creationMode;
    }

    public AclOptions options() {
        return options;
    }

    /** The whole descriptor of a file, as clients see it. */
    public SecurityDescriptor descriptor(StoreFile file, StoreStat stat) {
        return deciding(file, stat).orElseGet(() -> {
            SecurityDescriptor host = ofHost(file, stat);
            return options.stored() ? byHost.withInheritance(host, stat.isDirectory(), creationMode) : host;
        });
    }

    /**
     * The descriptor that has to grant what is asked for, beyond what the kernel says; empty where the kernel alone
     * decides, so that the descriptor only shows its decisions.
     */
    public Optional<SecurityDescriptor> deciding(StoreFile file, StoreStat stat) {
        if (!options.stored()) {
            return Optional.empty();
        }
        Optional<byte[]> value = attribute(file, options.attributeName());
        Optional<NtAclXattr> kept = value.flatMap(NtAclXattr::decode);
        if (value.isPresent() && kept.isEmpty()) {
            LOG.warn(
                    "{} of inode {} is damaged",
                    options.attributeName(),
                    stat.key().inode());
            return Optional.of(ownersOnly(stat));
        }
        if (kept.filter(acl -> isInForce(acl, file, stat)).isPresent()) {
            return kept.map(NtAclXattr::descriptor);
        }
        return options.ignoreSystemAcls() ? Optional.of(byHost.byStyle(stat)) : Optional.empty();
    }

    private boolean isInForce(NtAclXattr kept, StoreFile file, StoreStat stat) {
        return options.ignoreSystemAcls()
                || kept.isUnconditional()
                || kept.hostHash().filter(hostHash(file, stat)::equals).isPresent();
    }

    /** Nobody knows what a damaged descriptor granted: its owner may write a new one, and nobody else has a right. */
    private SecurityDescriptor ownersOnly(StoreStat stat) {
        return new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT,
                Optional.of(options.sids().user(stat.uid())),
                Optional.of(options.sids().group(stat.gid())),
                Optional.of(Acl.of()),
                Optional.empty());
    }

    private SecurityDescriptor ofHost(StoreFile file, StoreStat stat) {
        SecurityDescriptor host = byHost.of(stat, hostList(file, stat), defaultList(file, stat));
        if (!keepsInheritance()) {
            return host;
        }
        return attribute(file, PosixInheritance.ATTRIBUTE)
                .flatMap(PosixInheritance::decode)
                .map(kept -> kept.applyTo(host, stat, options.sids()))
                .orElse(host);
    }

    /** A whole descriptor that is kept says it itself. */
    private boolean keepsInheritance() {
        return options.mapInherit() && !options.stored();
    }

    private static HostHash hostHash(StoreFile file, StoreStat stat) {
        return HostHash.of(stat, hostList(file, stat), defaultList(file, stat));
    }

    /** The access control list of the host; made of the mode where there is no other. */
    public static PosixAcl hostList(StoreFile file, StoreStat stat) {
        return attribute(file, PosixAcl.ACCESS).flatMap(PosixAcl::decode).orElseGet(() -> PosixAcl.ofMode(stat.mode()));
    }

    /** What the host gives new files in a directory by itself. */
    public static Optional<PosixAcl> defaultList(StoreFile file, StoreStat stat) {
        return stat.isDirectory()
                ? attribute(file, PosixAcl.DEFAULT)
                        .flatMap(PosixAcl::decode)
                        .filter(list -> !list.entries().isEmpty())
                : Optional.empty();
    }

    private static Optional<byte[]> attribute(StoreFile file, String name) {
        try {
            return file.attribute(name);
        } catch (SmbException refused) {
            return refused.status() == NtStatus.ACCESS_DENIED ? file.asDaemon().attribute(name) : Optional.empty();
        }
    }

    /**
     * Gives a file a whole new descriptor, whose owner and group it already has; as the daemon, for handles that have
     * the right to.
     *
     * @param permissions whether the permissions of the host follow it
     */
    public void write(StoreFile file, SecurityDescriptor descriptor, boolean permissions) {
        StoreFile daemons = file.asDaemon();
        boolean mapped = !(options.stored() && options.ignoreSystemAcls());
        if (permissions && mapped) {
            StoreStat stat = daemons.stat();
            HostPermissions wanted = HostPermissions.of(descriptor, stat, options.sids());
            writeHost(daemons, ownsAll && options.stored() ? wanted.reachedByOwner(stat.isDirectory()) : wanted);
        }
        if (permissions && keepsInheritance()) {
            writeInheritance(daemons, PosixInheritance.of(descriptor, daemons.stat(), options.sids()));
        }
        if (options.stored()) {
            NtAclXattr kept = new NtAclXattr(descriptor, Optional.empty(), false);
            StoreStat stat = daemons.stat();
            byte[] value = mapped ? kept.encode(hostHash(daemons, stat), ofHost(daemons, stat)) : kept.encodeAlone();
            daemons.setAttribute(options.attributeName(), value);
        }
    }

    private static void writeInheritance(StoreFile file, PosixInheritance kept) {
        try {
            file.setAttribute(PosixInheritance.ATTRIBUTE, kept.encode());
        } catch (SmbException refused) {
            if (refused.status() != NtStatus.NOT_SUPPORTED) {
                throw refused;
            }
            LOG.debug("the host keeps no attributes, and so nothing of inheritance");
        }
    }

    private static void writeHost(StoreFile file, HostPermissions permissions) {
        StoreStat stat = file.stat();
        if (!permissions.access().equals(hostList(file, stat))) {
            writeAccess(file, stat, permissions.access());
        }
        if (stat.isDirectory() && !permissions.inherited().equals(defaultList(file, stat))) {
            writeDefault(file, permissions.inherited());
        }
    }

    private static void writeAccess(StoreFile file, StoreStat stat, PosixAcl list) {
        try {
            file.setAttribute(PosixAcl.ACCESS, list.encode());
        } catch (SmbException refused) {
            if (refused.status() != NtStatus.NOT_SUPPORTED) {
                throw refused;
            }
            // without lists on the host those who are named have what everyone has
            int group = list.permissions(PosixAcl.Tag.GROUP_OBJ).orElse(0);
            int mode = list.mode() & ~(7 << GROUP_SHIFT) | group << GROUP_SHIFT;
            file.setMode(stat.mode() & ~PERMISSIONS | mode);
        }
    }

    private static void writeDefault(StoreFile file, Optional<PosixAcl> list) {
        try {
            if (list.isPresent()) {
                file.setAttribute(PosixAcl.DEFAULT, list.get().encode());
            } else {
                file.removeAttribute(PosixAcl.DEFAULT);
            }
        } catch (SmbException refused) {
            if (refused.status() != NtStatus.NOT_SUPPORTED) {
                throw refused;
            }
            LOG.debug("the host keeps no list for what is created in a directory");
        }
    }
}
