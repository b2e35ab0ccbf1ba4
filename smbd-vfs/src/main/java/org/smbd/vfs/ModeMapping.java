package org.smbd.vfs;

import org.smbd.core.file.FileAttributes;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.access.PosixAccess;
import org.smbd.vfs.security.PosixAcl;
import org.smbd.vfs.store.StoreStat;

/**
 * DOS attributes as bits of the permissions, where they are not stored as such: the owner's permission to execute
 * stands for ARCHIVE, the group's for SYSTEM, that of all others for HIDDEN. Directories have none of these.
 *
 * @param archive whether ARCHIVE is mapped
 * @param system whether SYSTEM is mapped
 * @param hidden whether HIDDEN is mapped
 * @param readonly what READONLY is
 */
public record ModeMapping(boolean archive, boolean system, boolean hidden, Readonly readonly) {
    /** What READONLY is. */
    public enum Readonly {
        /** Nothing. */
        NO,
        /** A file that its owner has no permission to write. */
        OWNER,
        /** A file that who looks at it may not write; it cannot be set. */
        USER
    }

    /** Samba's defaults, but that READONLY, which Samba stores by default, is what the owner may. */
    public static final ModeMapping DEFAULT = new ModeMapping(true, false, false, Readonly.OWNER);

    private static final int WRITE = 2;
    private static final int OWNER_EXECUTE = 0100;
    private static final int GROUP_EXECUTE = 0010;
    private static final int OTHERS_EXECUTE = 0001;
    private static final int OWNER_WRITE = 0200;
    private static final int ALL_WRITE = 0222;

    /** The attributes that the permissions of a file stand for when {@code who} looks at it. */
    public int attributes(StoreStat stat, PosixIdentity who) {
        int mode = stat.mode();
        return (archive && (mode & OWNER_EXECUTE) != 0 ? FileAttributes.ARCHIVE : 0)
                | (system && (mode & GROUP_EXECUTE) != 0 ? FileAttributes.SYSTEM : 0)
                | (hidden && (mode & OTHERS_EXECUTE) != 0 ? FileAttributes.HIDDEN : 0)
                | (isReadonly(stat, who) ? FileAttributes.READONLY : 0);
    }

    private boolean isReadonly(StoreStat stat, PosixIdentity who) {
        return switch (readonly) {
            case NO -> false;
            case OWNER -> (stat.mode() & OWNER_WRITE) == 0;
            case USER -> !PosixAccess.mayAll(who) && (permissions(stat, who) & WRITE) == 0;
        };
    }

    private static int permissions(StoreStat stat, PosixIdentity who) {
        return PosixAcl.ofMode(stat.mode()).granted(who, stat.uid(), stat.gid());
    }

    /** The permissions {@code mode} changed so that they stand for {@code attributes}. */
    public int mode(int mode, int attributes) {
        int changed = mode;
        changed = archive ? with(changed, OWNER_EXECUTE, attributes, FileAttributes.ARCHIVE) : changed;
        changed = system ? with(changed, GROUP_EXECUTE, attributes, FileAttributes.SYSTEM) : changed;
        changed = hidden ? with(changed, OTHERS_EXECUTE, attributes, FileAttributes.HIDDEN) : changed;
        boolean wasReadonly = (mode & OWNER_WRITE) == 0;
        if (readonly != Readonly.OWNER || FileAttributes.has(attributes, FileAttributes.READONLY) == wasReadonly) {
            return changed;
        }
        return wasReadonly ? changed | OWNER_WRITE : changed & ~ALL_WRITE;
    }

    private static int with(int mode, int bit, int attributes, int attribute) {
        return FileAttributes.has(attributes, attribute) ? mode | bit : mode & ~bit;
    }
}
