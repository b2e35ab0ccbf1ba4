package org.smbd.server.smb2;

import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.FileService;
import org.smbd.vfs.snapshot.GmtToken;

/**
 * Which version of a share a CREATE is about: MS-SMB2 3.3.5.9.4 Handling the SMB2_CREATE_TIMEWARP_TOKEN Create Context,
 * or the token in the path that clients use where they have no context.
 *
 * @param files the share as it is, or as it was
 * @param path relative to it, names parted by backslashes
 */
public record OpenVersion(FileService files, String path) {
    private static final long TICKS_PER_SECOND = 10_000_000;

    /**
     * Finds it.
     *
     * @param name as the client wrote it
     * @param timewarp time of the context in FILETIME ticks; 0 if there is none
     * @throws org.smbd.core.status.SmbException OBJECT_NAME_NOT_FOUND if there is no version of the context's time
     */
    public static OpenVersion of(FileService files, String name, long timewarp) {
        String path = name.replace('/', '\\'); // Windows refuses a slash, Samba parts names by it: so do we
        GmtToken.Split split = GmtToken.split(path);
        if (timewarp != 0) {
            long second = timewarp - Math.floorMod(timewarp, TICKS_PER_SECOND);
            FileService version = files.at(second).orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception);
            return new OpenVersion(version, split.path());
        }
        Optional<FileService> version = split.time() == 0 ? Optional.empty() : files.at(split.time());
        return version.isPresent() ? new OpenVersion(version.get(), split.path()) : new OpenVersion(files, path);
    }
}
