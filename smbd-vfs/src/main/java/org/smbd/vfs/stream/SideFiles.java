package org.smbd.vfs.stream;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.Volume;

/**
 * The files of one share in which streams are kept that no attribute can hold: in a directory at its root that only the
 * daemon can enter and no client ever sees. A name is made of the inode whose stream it is, so that nobody gets at the
 * stream of another file by copying its attributes, and of a token, so that it follows all renames.
 */
public final class SideFiles {
    /** The directory; hidden wherever it is, because a share can lie within another one. */
    static final String DIRECTORY = ".smbd-streams";

    private static final Logger LOG = LoggerFactory.getLogger(SideFiles.class);
    private static final int DIRECTORY_MODE = 0700;
    private static final int FILE_MODE = 0600;
    private static final int OTHERS = 0077;
    private static final int TOKEN_BYTES = 16;

    private final Volume volume;
    private final PosixIdentity daemon;
    private final SecureRandom random = new SecureRandom();
    /** Makes "is it there, else make it" one step. */
    private final ReentrantLock making = new ReentrantLock();

    /** The side files below the root of {@code volume}. */
    SideFiles(Volume volume, PosixIdentity daemon) {
        this.volume = volume;
        this.daemon = daemon;
    }

    /** Whether a path of the host leads to what clients must not see. */
    public static boolean isHidden(String hostPath) {
        int begin = 0;
        while (begin <= hostPath.length()) {
            int end = hostPath.indexOf('/', begin);
            end = end < 0 ? hostPath.length() : end;
            if (end - begin == DIRECTORY.length()
                    && hostPath.regionMatches(true, begin, DIRECTORY, 0, DIRECTORY.length())) {
                return true;
            }
            begin = end + 1;
        }
        return false;
    }

    private static String path(StreamValue.Aside aside) {
        return DIRECTORY + "/" + Long.toHexString(aside.inode()) + "-" + aside.token();
    }

    /** A name that nothing has. */
    StreamValue.Aside newName(StoreStat host) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return new StreamValue.Aside(host.key().inode(), HexFormat.of().formatHex(token));
    }

    /** Makes an empty side file, open for reading and writing; it counts for the quota of the owner of the file. */
    StoreFile create(StreamValue.Aside aside, StoreStat host) {
        makeDirectory();
        StoreFile file = volume.createFile(daemon, path(aside), StoreAccess.READ_WRITE, FILE_MODE);
        try {
            if (volume.capabilities().identity()) {
                file.setOwner(host.uid(), host.gid());
            }
            return file;
        } catch (SmbException e) {
            file.close();
            remove(aside);
            throw e;
        }
    }

    private void makeDirectory() {
        making.lock();
        try {
            Optional<StoreStat> there = volume.stat(daemon, DIRECTORY);
            if (there.isEmpty()) {
                volume.createDirectory(daemon, DIRECTORY, DIRECTORY_MODE).close();
                volume.syncDirectory(daemon, "");
            } else if (!isSafe(there.get())) {
                LOG.error("{} at the root of a share is not the server's own: long streams are refused", DIRECTORY);
                throw NtStatus.ACCESS_DENIED.exception();
            }
        } finally {
            making.unlock();
        }
    }

    /** Somebody else's directory would show the streams of all to somebody else. */
    private boolean isSafe(StoreStat directory) {
        return directory.isDirectory()
                && (!volume.capabilities().identity()
                        || directory.uid() == daemon.uid() && (directory.mode() & OTHERS) == 0);
    }

    /** Opens a side file for reading and writing; empty if it is not among these. */
    Optional<StoreFile> open(StreamValue.Aside aside) {
        if (volume.stat(daemon, DIRECTORY).filter(this::isSafe).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(volume.open(daemon, path(aside), StoreAccess.READ_WRITE));
        } catch (SmbException e) {
            if (e.status() == NtStatus.MEDIA_WRITE_PROTECTED) {
                return Optional.of(volume.open(daemon, path(aside), StoreAccess.READ)); // a snapshot
            }
            if (e.status() == NtStatus.OBJECT_NAME_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes the names of side files durable. */
    void syncNames() {
        volume.syncDirectory(daemon, DIRECTORY);
    }

    /** A second name for the bytes of a side file. */
    void link(StreamValue.Aside from, StreamValue.Aside to) {
        volume.link(daemon, path(from), path(to));
    }

    /**
     * Removes a side file: one that stays wastes space, and nothing is wrong with its stream.
     *
     * @return false if it is not among these
     */
    boolean remove(StreamValue.Aside aside) {
        try {
            volume.unlink(daemon, path(aside));
            return true;
        } catch (SmbException e) {
            if (e.status() != NtStatus.OBJECT_NAME_NOT_FOUND && e.status() != NtStatus.OBJECT_PATH_NOT_FOUND) {
                LOG.warn("{} could not be removed: {}", path(aside), e.status());
            }
            return false;
        }
    }
}
