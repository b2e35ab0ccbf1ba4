package org.smbd.vfs;

import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.data.ReparsePoints;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/**
 * MS-FSA 2.1.5.1.2.1 Algorithm to Check Access to an Existing File. The data of a file is the kernel's own decision: it
 * is asked by opening the file. The rest is read from the mode bits.
 */
final class GrantAccess {
    private static final int READ_BITS = AccessMask.FILE_READ_DATA | AccessMask.FILE_EXECUTE;
    private static final int WRITE_BITS = AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA;
    /** What an overwrite needs beyond what was asked for, and beyond what it shows to others. */
    private static final int OVERWRITE_BITS = AccessMask.FILE_WRITE_EA | AccessMask.FILE_WRITE_ATTRIBUTES;
    /** Rights that the kernel does not check when a file is opened. */
    private static final int NOT_OF_KERNEL = AccessMask.DELETE
            | AccessMask.WRITE_DAC
            | AccessMask.WRITE_OWNER
            | AccessMask.FILE_WRITE_ATTRIBUTES
            | AccessMask.FILE_WRITE_EA
            | AccessMask.FILE_READ_EA;

    private final Share share;
    private final AccessRights rights;

    GrantAccess(Share share) {
        this.share = share;
        this.rights = new AccessRights(share);
    }

    /**
     * A file opened for what was granted.
     *
     * @param access GrantedAccess
     * @param file the found one, or one in its place, which is closed then
     */
    record Granted(int access, StoreFile file) {}

    /**
     * An existing file and what is known of it.
     *
     * @param file open for {@link StoreAccess#METADATA}
     */
    record Found(PosixIdentity who, String hostPath, StoreFile file, StoreStat stat, DosAttributes kept) {}

    /**
     * The rights that a request names, generic ones replaced; those that come by MAXIMUM_ALLOWED are not among them.
     */
    static int wanted(OpenRequest request) {
        return AccessMask.mapGeneric(request.desiredAccess()) & ~AccessMask.MAXIMUM_ALLOWED;
    }

    /**
     * The rights that an overwrite needs and that count for sharing. MS-FSA 2.1.5.1.2 has DELETE alone for a supersede;
     * we add FILE_WRITE_DATA, as the host cannot empty a file with less.
     */
    static int overwriting(OpenRequest request) {
        return switch (request.disposition()) {
            case OVERWRITE, OVERWRITE_IF -> AccessMask.FILE_WRITE_DATA;
            case SUPERSEDE -> AccessMask.FILE_WRITE_DATA | AccessMask.DELETE;
            case OPEN, OPEN_IF, CREATE -> 0;
        };
    }

    /** Opens {@code found} for what the request gets; throws ACCESS_DENIED, CANNOT_DELETE, ... */
    Granted grant(OpenRequest request, Found found) {
        int wanted = wanted(request);
        int needed = request.disposition().overwrites() ? wanted | OVERWRITE_BITS | overwriting(request) : wanted;
        Optional<NtStatus> refused = refusedByAttributes(request, found, needed);
        if (refused.isPresent()) {
            throw refused.get().exception();
        }
        boolean maximum = AccessMask.has(request.desiredAccess(), AccessMask.MAXIMUM_ALLOWED);
        boolean asked = maximum
                || share.security().options().stored()
                || AccessMask.hasAny(wanted, NOT_OF_KERNEL | AccessMask.ACCESS_SYSTEM_SECURITY);
        AccessRights.Rights all = asked
                ? rights.of(
                        new AccessRights.Subject(request.context(), found.who()),
                        found.hostPath(),
                        found.file(),
                        found.stat(),
                        maximum ? AccessMask.FILE_ALL_ACCESS : wanted)
                : AccessRights.Rights.NONE;
        int accessMax = request.accessMax() | AccessMask.ACCESS_SYSTEM_SECURITY;
        int possible = all.granted() & accessMax;
        int unproven = all.decided() ? needed : unproven(wanted, found);
        if (!AccessMask.has(accessMax, needed) || !AccessMask.has(possible, unproven)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        int more = possible & AccessMask.FILE_ALL_ACCESS & (isReadOnly(found) ? ~WRITE_BITS : -1);
        int granted = maximum ? wanted | more : wanted;
        return open(found, granted, needed);
    }

    private static boolean isReadOnly(Found found) {
        return FileAttributes.has(found.kept().attributes(), FileAttributes.READONLY)
                && !found.stat().isDirectory();
    }

    private Optional<NtStatus> refusedByAttributes(OpenRequest request, Found found, int needed) {
        int kept = found.kept().attributes();
        boolean deletes = CreateOptions.has(request.createOptions(), CreateOptions.DELETE_ON_CLOSE);
        boolean keeps = !share.options().dos().deleteReadonly();
        boolean readOnly = keeps && FileAttributes.has(kept, FileAttributes.READONLY);
        if (deletes && (readOnly || found.hostPath().isEmpty())) {
            return Optional.of(NtStatus.CANNOT_DELETE);
        }
        int mustBeNamed = kept & (FileAttributes.HIDDEN | FileAttributes.SYSTEM);
        boolean hides =
                request.disposition().overwrites() && !FileAttributes.has(request.fileAttributes(), mustBeNamed);
        boolean writes = isReadOnly(found) && AccessMask.hasAny(needed, WRITE_BITS);
        return hides || writes ? Optional.of(NtStatus.ACCESS_DENIED) : Optional.empty();
    }

    /** Of the wanted rights those that no open of the kernel proves. */
    private static int unproven(int wanted, Found found) {
        int unproven = wanted & (NOT_OF_KERNEL | AccessMask.ACCESS_SYSTEM_SECURITY);
        if (!found.stat().isDirectory() && AccessMask.hasAny(wanted, WRITE_BITS)) {
            unproven &= ~(AccessMask.FILE_WRITE_ATTRIBUTES | AccessMask.FILE_WRITE_EA);
        }
        if (AccessMask.has(wanted, AccessMask.FILE_READ_DATA)) {
            unproven &= ~AccessMask.FILE_READ_EA;
        }
        return unproven;
    }

    /** Opens the host's file; what the kernel refuses is not granted, and what was needed is refused then. */
    private Granted open(Found found, int wished, int needed) {
        int access = wished;
        while (true) {
            StoreAccess store = ReparsePoints.hostTag(found.stat()) != 0
                    ? StoreAccess.METADATA // a link or a special file has no data to open
                    : storeAccess(access | needed, found.stat().isDirectory());
            if (store == StoreAccess.METADATA) {
                return new Granted(access, found.file());
            }
            try {
                StoreFile file = share.volume().reopen(found.file(), found.stat(), store);
                found.file().close();
                return new Granted(access, file);
            } catch (SmbException e) {
                int less = withoutRefused(access, needed, e.status());
                if (less == access) {
                    throw e;
                }
                access = less;
            }
        }
    }

    /** The mode bits promised what the kernel does not keep: a read-only mount, an access control list. */
    private static int withoutRefused(int access, int needed, NtStatus refusal) {
        if (refusal != NtStatus.ACCESS_DENIED && refusal != NtStatus.MEDIA_WRITE_PROTECTED) {
            return access;
        }
        int writing = WRITE_BITS | AccessMask.FILE_WRITE_EA;
        int group = AccessMask.hasAny(access & ~needed, WRITE_BITS) ? writing : READ_BITS | AccessMask.FILE_READ_EA;
        return access & ~(group & ~needed);
    }

    private static StoreAccess storeAccess(int access, boolean directory) {
        if (directory) {
            return AccessMask.has(access, AccessMask.FILE_LIST_DIRECTORY) ? StoreAccess.READ : StoreAccess.METADATA;
        }
        boolean reads = AccessMask.hasAny(access, READ_BITS);
        if (AccessMask.hasAny(access, WRITE_BITS)) {
            return reads ? StoreAccess.READ_WRITE : StoreAccess.WRITE;
        }
        return reads ? StoreAccess.READ : StoreAccess.METADATA;
    }
}
