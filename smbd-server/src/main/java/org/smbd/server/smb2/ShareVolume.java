package org.smbd.server.smb2;

import org.smbd.core.type.Guid;
import org.smbd.protocol.fscc.FsFacts;
import org.smbd.server.config.ShareConfig;
import org.smbd.vfs.VolumeFacts;

/** The volume of a share as clients see it: its file system, under the names that the configuration gives it. */
public final class ShareVolume {
    private ShareVolume() {}

    /** What queries about the volume answer from. */
    public static FsFacts facts(ShareConfig share, VolumeFacts volume) {
        return new FsFacts(
                share.volume().isEmpty() ? share.name() : share.volume(),
                volume.serialNumber(),
                volume.creationTime(),
                volume.attributes(),
                volume.componentNameLengthMax(),
                share.fileSystem(),
                new Guid(volume.volumeId(), volume.serialNumber()),
                volume.totalUnits(),
                volume.callerAvailableUnits(),
                volume.actualAvailableUnits(),
                volume.sectorsPerUnit(),
                volume.bytesPerSector(),
                volume.readOnly(),
                volume.totalNodes(),
                volume.freeNodes());
    }
}
