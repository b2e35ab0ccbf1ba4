package org.smbd.vfs.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;
import org.smbd.vfs.store.XattrAttributeStore;

/**
 * Reparse points. What a client sets is kept in an extended attribute, links included: a link of the host that the
 * share follows would not be a link to clients, and one with any target could lead other programs anywhere. Links of
 * the host that are not followed, and its special files, are reparse points of their own.
 */
public final class ReparsePoints {
    /** MAXIMUM_REPARSE_DATA_BUFFER_SIZE. MS-FSA 2.1.5.10.37. */
    public static final int BUFFER_BYTES_MAX = 16384;

    private static final int CHANGE_RIGHTS = AccessMask.FILE_WRITE_DATA | AccessMask.FILE_WRITE_ATTRIBUTES;
    private static final int HEAD_BYTES = 8;

    private final DataContext context;

    public ReparsePoints(DataContext context) {
        this.context = context;
    }

    /** Whether files can be made reparse points. FILE_SUPPORTS_REPARSE_POINTS. */
    public boolean isSupported() {
        return context.volume().capabilities().extendedAttributes();
    }

    /** The tag that a file has by its nature; 0 for files and directories. */
    public static int hostTag(StoreStat stat) {
        return switch (stat.type()) {
            case SYMBOLIC_LINK -> ReparseTags.SYMLINK;
            case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> ReparseTags.NFS;
            case FILE, DIRECTORY, OTHER, UNKNOWN -> 0;
        };
    }

    /** File.ReparseTag; 0 if it is no reparse point. */
    public static int tag(StoreStat stat, DosAttributes kept) {
        int hostTag = hostTag(stat);
        return hostTag != 0 ? hostTag : kept.reparseTag();
    }

    /**
     * Why a file cannot be opened by who did not ask for the reparse point itself: the client has to follow a symbolic
     * link, and nobody here acts on any other tag. MS-SMB2 3.3.5.9 Receiving an SMB2 CREATE Request.
     */
    public static Optional<NtStatus> refusal(StoreStat stat, DosAttributes kept) {
        int tag = tag(stat, kept);
        if (tag == 0) {
            return Optional.empty();
        }
        return Optional.of(
                tag == ReparseTags.SYMLINK ? NtStatus.STOPPED_ON_SYMLINK : NtStatus.IO_REPARSE_TAG_NOT_HANDLED);
    }

    /** MS-FSA 2.1.5.10.14 FSCTL_GET_REPARSE_POINT: NOT_A_REPARSE_POINT if it is none. */
    public ReparseData get(FileOpen handle) {
        DataOpen open = DataOpen.of(handle);
        return of(open.file()).orElseThrow(NtStatus.NOT_A_REPARSE_POINT::exception);
    }

    /** What is behind a file, if it is a reparse point. */
    public Optional<ReparseData> of(StoreFile file) {
        StoreStat stat = file.stat();
        return switch (stat.type()) {
            case SYMBOLIC_LINK -> file.linkTarget().map(ReparseData.HostLink::new);
            case FIFO -> special(ReparseData.HostSpecial.Kind.FIFO, 0);
            case SOCKET -> special(ReparseData.HostSpecial.Kind.SOCKET, 0);
            case CHARACTER_DEVICE -> special(ReparseData.HostSpecial.Kind.CHARACTER_DEVICE, stat.deviceNumber());
            case BLOCK_DEVICE -> special(ReparseData.HostSpecial.Kind.BLOCK_DEVICE, stat.deviceNumber());
            case FILE, DIRECTORY ->
                context.attributes().read(file, stat).reparseTag() == 0
                        ? Optional.empty()
                        : file.attribute(XattrAttributeStore.REPARSE_POINT).flatMap(ReparsePoints::kept);
            case OTHER, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<ReparseData> special(ReparseData.HostSpecial.Kind kind, long deviceNumber) {
        return Optional.of(new ReparseData.HostSpecial(kind, (int) (deviceNumber >>> 32), (int) deviceNumber));
    }

    /** Damaged data count as none. */
    private static Optional<ReparseData> kept(byte[] buffer) {
        if (buffer.length < HEAD_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        int tag = in.getInt(0);
        boolean hasGuid = ReparseTags.hasGuid(tag);
        if (hasGuid && buffer.length < HEAD_BYTES + Guid.SIZE_BYTES) {
            return Optional.empty();
        }
        Guid guid = hasGuid ? new Guid(in.getLong(HEAD_BYTES), in.getLong(HEAD_BYTES + 8)) : Guid.ZERO;
        return Optional.of(new ReparseData.Kept(tag, guid, buffer));
    }

    /** MS-FSA 2.1.5.10.37 FSCTL_SET_REPARSE_POINT; the form of {@code data} is proven. */
    public void set(FileOpen handle, ReparseData.Kept data) {
        DataOpen open = changeable(handle);
        checkTag(data.tag(), data.guid());
        if (data.tag() == ReparseTags.MOUNT_POINT && !open.isDirectory()) {
            throw NtStatus.NOT_A_DIRECTORY.exception();
        }
        if (open.isDirectory() && !isEmpty(open)) {
            throw NtStatus.DIRECTORY_NOT_EMPTY.exception();
        }
        StoreStat stat = open.file().stat();
        if (!open.isDirectory() && data.tag() == ReparseTags.SYMLINK && stat.size() > 0) {
            throw NtStatus.IO_REPARSE_DATA_INVALID.exception();
        }
        of(open.file()).ifPresent(before -> requireSame(before, data.tag(), data.guid()));
        if (hostTag(stat) != 0) {
            throw NtStatus.ACCESS_DENIED.exception(); // a link or special file of the host is replaced, not rewritten
        }
        open.file().setAttribute(XattrAttributeStore.REPARSE_POINT, data.buffer());
        context.changeAttributes(
                open, 0, FileAttributes.REPARSE_POINT | (open.isDirectory() ? 0 : FileAttributes.ARCHIVE));
    }

    /** MS-FSA 2.1.5.10.3 FSCTL_DELETE_REPARSE_POINT. */
    public void delete(FileOpen handle, int tag, Guid guid) {
        DataOpen open = changeable(handle);
        checkTag(tag, guid);
        requireSame(get(handle), tag, guid);
        if (hostTag(open.file().stat()) != 0) {
            throw NtStatus.ACCESS_DENIED.exception(); // nothing would be left of it: it can be deleted as a file
        }
        context.changeAttributes(open, FileAttributes.REPARSE_POINT, open.isDirectory() ? 0 : FileAttributes.ARCHIVE);
        open.file().removeAttribute(XattrAttributeStore.REPARSE_POINT);
    }

    private DataOpen changeable(FileOpen handle) {
        DataOpen open = DataOpen.of(handle);
        open.requireAny(CHANGE_RIGHTS);
        if (!isSupported()) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        return open;
    }

    private static void checkTag(int tag, Guid guid) {
        if (ReparseTags.isReserved(tag)) {
            throw NtStatus.IO_REPARSE_TAG_INVALID.exception();
        }
        if (ReparseTags.hasGuid(tag) && guid.isZero()) {
            throw NtStatus.IO_REPARSE_DATA_INVALID.exception();
        }
    }

    private static void requireSame(ReparseData before, int tag, Guid guid) {
        if (before.tag() != tag) {
            throw NtStatus.IO_REPARSE_TAG_MISMATCH.exception();
        }
        if (before instanceof ReparseData.Kept kept && !kept.guid().equals(guid)) {
            throw NtStatus.REPARSE_ATTRIBUTE_CONFLICT.exception();
        }
    }

    private boolean isEmpty(DataOpen open) {
        boolean[] empty = {true};
        try (StoreFile directory =
                context.volume().reopen(open.file(), open.file().stat(), StoreAccess.READ)) {
            context.volume().list(directory, (name, type) -> {
                empty[0] = false;
                return false;
            });
        }
        return empty[0];
    }
}
