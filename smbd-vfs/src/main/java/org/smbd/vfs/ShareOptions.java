package org.smbd.vfs;

import java.nio.file.Path;
import java.util.Optional;
import org.smbd.vfs.lock.LockOptions;
import org.smbd.vfs.name.NameOptions;
import org.smbd.vfs.notify.NotifyOptions;
import org.smbd.vfs.recycle.RecycleOptions;
import org.smbd.vfs.security.AclOptions;
import org.smbd.vfs.snapshot.SnapshotOptions;

/**
 * What the configuration of a share means for its files; names and meaning as in smb.conf.
 *
 * @param root directory that is served
 * @param label volume label: the share's name
 * @param createMask mode bits that a new file may have
 * @param forceCreateMode mode bits that a new file always has
 * @param directoryMask mode bits that a new directory may have
 * @param forceDirectoryMode mode bits that a new directory always has
 * @param inheritOwner a new file belongs to the owner of its directory
 * @param followSymlinks links whose target is inside the share are followed
 * @param storeDosAttributes DOS attributes and creation time are kept in {@code user.DOSATTRIB}
 * @param hideDotFiles names with a leading dot get the hidden attribute
 * @param strictSync FLUSH reaches stable storage (false only if configured so)
 * @param syncAlways every write is a write-through
 * @param recycle where deleted files go; empty: they are gone
 * @param names how names are treated
 * @param versions what is known of earlier states of the share
 * @param attributes named streams and extended attributes
 * @param changeNotify how changes in directories are reported
 * @param locking what byte-range locks are good for
 * @param dos what DOS knew of a file
 * @param acls how descriptors are kept and shown
 */
public record ShareOptions(
        Path root,
        String label,
        int createMask,
        int forceCreateMode,
        int directoryMask,
        int forceDirectoryMode,
        boolean inheritOwner,
        boolean followSymlinks,
        boolean storeDosAttributes,
        boolean hideDotFiles,
        boolean strictSync,
        boolean syncAlways,
        Optional<RecycleOptions> recycle,
        NameOptions names,
        Versions versions,
        AttributeOptions attributes,
        NotifyOptions changeNotify,
        LockOptions locking,
        DosOptions dos,
        AclOptions acls) {
    /**
     * Earlier states of a share.
     *
     * @param snapshots where they are; empty: there are none
     * @param previous whether this is one itself, in which nothing can change
     */
    public record Versions(Optional<SnapshotOptions> snapshots, boolean previous) {
        /** A share without previous versions. */
        public static final Versions NONE = new Versions(Optional.empty(), false);
    }

    /** Samba's defaults. */
    public static ShareOptions of(Path root, String label) {
        return new ShareOptions(
                root,
                label,
                0744,
                0,
                0755,
                0,
                false,
                true,
                true,
                true,
                true,
                false,
                Optional.empty(),
                NameOptions.DEFAULT,
                Versions.NONE,
                AttributeOptions.DEFAULT,
                NotifyOptions.DEFAULT,
                LockOptions.DEFAULT,
                DosOptions.DEFAULT,
                AclOptions.defaults());
    }

    /** The same with other names. */
    public ShareOptions withNames(NameOptions otherNames) {
        return with(root, recycle, otherNames, versions, changeNotify, locking);
    }

    /** The same with changes reported in another way. */
    public ShareOptions withChangeNotify(NotifyOptions otherNotify) {
        return with(root, recycle, names, versions, otherNotify, locking);
    }

    /** The same with other locks. */
    public ShareOptions withLocking(LockOptions otherLocking) {
        return with(root, recycle, names, versions, changeNotify, otherLocking);
    }

    /** A previous version of this share, which is in another directory and cannot change. */
    ShareOptions ofVersion(Path otherRoot) {
        return with(otherRoot, Optional.empty(), names, new Versions(Optional.empty(), true), changeNotify, locking);
    }

    private ShareOptions with(
            Path otherRoot,
            Optional<RecycleOptions> otherRecycle,
            NameOptions otherNames,
            Versions otherVersions,
            NotifyOptions otherNotify,
            LockOptions otherLocking) {
        return new ShareOptions(
                otherRoot,
                label,
                createMask,
                forceCreateMode,
                directoryMask,
                forceDirectoryMode,
                inheritOwner,
                followSymlinks,
                storeDosAttributes,
                hideDotFiles,
                strictSync,
                syncAlways,
                otherRecycle,
                otherNames,
                otherVersions,
                attributes,
                otherNotify,
                otherLocking,
                dos,
                acls);
    }
}
