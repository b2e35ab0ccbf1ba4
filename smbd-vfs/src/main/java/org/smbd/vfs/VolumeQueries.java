package org.smbd.vfs;

import java.util.Optional;
import org.smbd.vfs.data.FsControls;
import org.smbd.vfs.store.StoreQuota;
import org.smbd.vfs.store.StoreSpace;

/** MS-FSA 2.1.5.13 Server Requests a Query of File System Information. */
final class VolumeQueries {
    private static final int SECTOR_BYTES = 512;
    /**
     * FILE_CASE_SENSITIVE_SEARCH, as NTFS and Samba say whatever the search is like (smb2.streams.names3 asks for it),
     * FILE_CASE_PRESERVED_NAMES, FILE_UNICODE_ON_DISK. MS-FSCC 2.5.1 FileFsAttributeInformation.
     */
    private static final int VOLUME_ATTRIBUTES = 0x1 | 0x2 | 0x4;

    private static final int VOLUME_QUOTAS = 0x00000020;
    private static final int VOLUME_NAMED_STREAMS = 0x00040000;
    private static final int VOLUME_EXTENDED_ATTRIBUTES = 0x00800000;
    private static final int VOLUME_READ_ONLY = 0x00080000;
    private static final int VOLUME_HARD_LINKS = 0x00400000;
    /** Longest name of a client, in UTF-16 units. MS-FSCC 2.1.5.2 Filename. */
    private static final int NAME_LENGTH_MAX = 255;

    private final Share share;
    private final FsControls controls;
    private final long rootCreationTime;

    /** @param rootCreationTime when the root of the share was made: the volume's own age */
    VolumeQueries(Share share, FsControls controls, long rootCreationTime) {
        this.share = share;
        this.controls = controls;
        this.rootCreationTime = rootCreationTime;
    }

    VolumeFacts query(LocalOpen open) {
        Optional<StoreQuota> quota = share.volume().quota(open.file());
        StoreSpace space =
                QuotaAlgorithms.limited(share.volume().space(open.file().host()), quota, open.who());
        long device = open.node().key().device();
        int attributes = VOLUME_ATTRIBUTES;
        attributes |= quota.isPresent() ? VOLUME_QUOTAS : 0;
        attributes |= space.readOnly() ? VOLUME_READ_ONLY : 0;
        attributes |= share.streams().isServed() ? VOLUME_NAMED_STREAMS : 0;
        attributes |= share.eas().isServed() ? VOLUME_EXTENDED_ATTRIBUTES : 0;
        attributes |= share.volume().capabilities().hardLinks() ? VOLUME_HARD_LINKS : 0;
        attributes |= VolumeServices.attributes(
                controls,
                open,
                share.options().storeDosAttributes()
                        && share.volume().capabilities().extendedAttributes());
        int sectorsPerUnit = (int) Math.max(1, space.unitBytes() / SECTOR_BYTES);
        return new VolumeFacts(
                "NTFS",
                attributes,
                NAME_LENGTH_MAX,
                31 * Long.hashCode(device) + share.options().label().hashCode(),
                device,
                rootCreationTime,
                SECTOR_BYTES,
                sectorsPerUnit,
                space.totalUnits(),
                space.availableUnits(),
                space.freeUnits(),
                space.readOnly(),
                space.totalNodes(),
                space.freeNodes());
    }
}
