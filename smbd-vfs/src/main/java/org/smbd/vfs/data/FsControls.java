package org.smbd.vfs.data;

/**
 * The engines behind MS-FSA 2.1.5.10 Server Requests an FsControl Request.
 *
 * @param sparse sparse files and what takes space in them
 * @param copy copies between opens
 * @param blocks files that share space
 * @param compression compression by the host
 * @param objectIds ids that a file keeps wherever it goes
 * @param offload copies by tokens
 * @param integrity checksums by the host
 * @param reparsePoints links and other files that are not what they seem
 */
public record FsControls(
        SparseData sparse,
        ServerSideCopy copy,
        BlockSharing blocks,
        Compression compression,
        ObjectIds objectIds,
        OffloadCopy offload,
        Integrity integrity,
        ReparsePoints reparsePoints) {
    /** The engines of one share. */
    public static FsControls of(DataContext context) {
        return new FsControls(
                new SparseData(context),
                new ServerSideCopy(context),
                new BlockSharing(context),
                new Compression(),
                new ObjectIds(context),
                new OffloadCopy(context),
                new Integrity(),
                new ReparsePoints(context));
    }
}
