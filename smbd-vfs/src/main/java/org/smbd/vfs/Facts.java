package org.smbd.vfs;

import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.vfs.data.ReparsePoints;
import org.smbd.vfs.store.AttributeStore;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.FileIds;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/**
 * Makes the {@link FileMetadata} of a file from what the host and the attribute store keep: MS-FSA 2.1.1.3 Per File.
 */
final class Facts {
    private static final int SHOWN = FileAttributes.SETTABLE
            | FileAttributes.SPARSE_FILE
            | FileAttributes.COMPRESSED
            | FileAttributes.REPARSE_POINT;

    private final ShareOptions options;
    private final AttributeStore attributes;
    private final FileIds ids;

    Facts(ShareOptions options, AttributeStore attributes, FileIds ids) {
        this.options = options;
        this.attributes = attributes;
        this.ids = ids;
    }

    /** The facts of a file that is in a list, named {@code clientName}. */
    FileMetadata of(StoreFile file, String clientName) {
        StoreStat stat = file.stat();
        return of(stat, attributes.read(file, stat), clientName, false, 0);
    }

    /** The facts of an open file, as its opens see them. */
    FileMetadata of(LocalOpen open) {
        StoreStat stat = open.file().stat();
        return of(stat, attributes.read(open.file(), stat), open);
    }

    FileMetadata of(StoreStat stat, DosAttributes kept, LocalOpen open) {
        return of(
                stat,
                kept,
                open.base().orElse(open).path(),
                open.isDeletePending(),
                open.node().reservedBytes());
    }

    private FileMetadata of(
            StoreStat stat, DosAttributes kept, String clientName, boolean deletePending, long reservedBytes) {
        boolean directory = stat.isDirectory();
        long allocatedBytes = directory || stat.size() == 0 ? 0 : stat.allocatedBytes();
        return new FileMetadata(
                options.dos().shown(kept.creationTime() != 0 ? kept.creationTime() : stat.creationTime()),
                options.dos().shown(stat.lastAccessTime()),
                options.dos().shown(stat.lastWriteTime()),
                options.dos().shown(kept.changeTime() != 0 ? kept.changeTime() : stat.changeTime()),
                Math.max(allocatedBytes, reservedBytes),
                directory ? 0 : stat.size(),
                wireAttributes(kept.attributes() | hostAttributes(stat), directory, clientName),
                Math.max(0, (directory ? 1 : stat.numberOfLinks()) - (deletePending ? 1 : 0)),
                deletePending,
                ids.of(stat.key()),
                stat.key().device(),
                0,
                ReparsePoints.tag(stat, kept));
    }

    /** The bits that the host itself keeps. */
    private static int hostAttributes(StoreStat stat) {
        return (stat.compressed() ? FileAttributes.COMPRESSED : 0)
                | (ReparsePoints.hostTag(stat) != 0 ? FileAttributes.REPARSE_POINT : 0);
    }

    private int wireAttributes(int kept, boolean directory, String clientName) {
        int all = kept & SHOWN;
        all |= directory ? FileAttributes.DIRECTORY : 0;
        if (options.hideDotFiles() && isDotFile(clientName) || isHiddenByName(clientName)) {
            all |= FileAttributes.HIDDEN;
        }
        return all == 0 ? FileAttributes.NORMAL : all;
    }

    /** {@code hide files}. */
    private boolean isHiddenByName(String path) {
        return options.names().hide().test(path.substring(path.lastIndexOf('\\') + 1));
    }

    private static boolean isDotFile(String path) {
        int name = path.lastIndexOf('\\') + 1;
        return path.startsWith(".", name) && !path.startsWith("..", name) && path.length() > name + 1;
    }

    /** The facts of an open file, named {@code clientName}, as POSIX clients see them. */
    PosixMetadata posix(StoreFile file, String clientName) {
        StoreStat stat = file.stat();
        return new PosixMetadata(
                of(stat, attributes.read(file, stat), clientName, false, 0),
                type(stat.type()),
                stat.mode(),
                stat.numberOfLinks(),
                stat.uid(),
                stat.gid(),
                stat.key().inode(),
                Long.hashCode(stat.key().device()));
    }

    private static PosixMetadata.Type type(StoreStat.Type type) {
        return switch (type) {
            case DIRECTORY -> PosixMetadata.Type.DIRECTORY;
            case SYMBOLIC_LINK -> PosixMetadata.Type.SYMBOLIC_LINK;
            case FIFO -> PosixMetadata.Type.FIFO;
            case SOCKET -> PosixMetadata.Type.SOCKET;
            case CHARACTER_DEVICE -> PosixMetadata.Type.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> PosixMetadata.Type.BLOCK_DEVICE;
            case FILE, OTHER, UNKNOWN -> PosixMetadata.Type.FILE;
        };
    }

    /** What is kept of a file, as the attribute store has it. */
    DosAttributes kept(StoreFile file, StoreStat stat) {
        return attributes.read(file, stat);
    }

    void keep(StoreFile file, DosAttributes kept) {
        attributes.write(file, kept);
    }

    long idOf(StoreStat stat) {
        return ids.of(stat.key());
    }
}
