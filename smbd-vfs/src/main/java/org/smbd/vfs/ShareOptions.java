package org.smbd.vfs;

import java.nio.file.Path;
import java.util.Optional;
import org.smbd.vfs.name.NameOptions;
import org.smbd.vfs.recycle.RecycleOptions;

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
        NameOptions names) {
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
                NameOptions.DEFAULT);
    }

    /** The same with other names. */
    public ShareOptions withNames(NameOptions otherNames) {
        return new ShareOptions(
                root,
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
                recycle,
                otherNames);
    }
}
