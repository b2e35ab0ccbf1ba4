package org.smbd.vfs.security;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.store.StoreStat;

/** Descriptors of files that have none of their own: made of owner, group, mode and lists, with Samba's results. */
final class PosixDescriptors {
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int EXECUTE = 1;
    private static final int ALL = READ | WRITE | EXECUTE;
    private static final int PASSED_ON = Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT | Ace.INHERIT_ONLY;
    private static final int READ_EXECUTE = AccessMask.FILE_GENERIC_READ | AccessMask.FILE_EXECUTE;

    private final AclOptions options;

    PosixDescriptors(AclOptions options) {
        this.options = options;
    }

    /**
     * What mode and lists say. The list counts as protected: nothing on the host flows down from a directory that
     * changes.
     *
     * @param inherited the default list of a directory
     */
    SecurityDescriptor of(StoreStat stat, PosixAcl access, Optional<PosixAcl> inherited) {
        Sid owner = options.sids().user(stat.uid());
        Sid group = options.sids().group(stat.gid());
        List<Ace> entries = new ArrayList<>(entries(access, owner, group, stat.isDirectory(), 0));
        inherited.ifPresent(list ->
                entries.addAll(entries(list, Sid.CREATOR_OWNER, Sid.CREATOR_GROUP, stat.isDirectory(), PASSED_ON)));
        merge(entries);
        entries.sort(Comparator.comparingInt(PosixDescriptors::rank));
        return descriptor(SecurityDescriptor.SE_DACL_PROTECTED, owner, group, entries);
    }

    private static SecurityDescriptor descriptor(int control, Sid owner, Sid group, List<Ace> entries) {
        return new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT | control,
                Optional.of(owner),
                Optional.of(group),
                Optional.of(new Acl(Acl.REVISION, entries)),
                Optional.empty());
    }

    /** In the order of Samba: the owner first, then who may do nothing, last named first, everyone at the end. */
    private List<Ace> entries(PosixAcl list, Sid owner, Sid group, boolean directory, int flags) {
        int mask = list.permissions(PosixAcl.Tag.MASK).orElse(ALL);
        Deque<Ace> none = new ArrayDeque<>();
        Deque<Ace> some = new ArrayDeque<>();
        Ace first = null;
        Ace last = null;
        for (PosixAcl.Entry entry : list.entries()) {
            boolean unmasked = entry.tag() == PosixAcl.Tag.USER_OBJ || entry.tag() == PosixAcl.Tag.OTHER;
            int permissions = unmasked ? entry.permissions() : entry.permissions() & mask;
            Sid sid = switch (entry.tag()) {
                case USER_OBJ -> owner;
                case GROUP_OBJ -> group;
                case USER -> options.sids().user(entry.id());
                case GROUP -> options.sids().group(entry.id());
                case OTHER, MASK -> Sid.EVERYONE;
            };
            Ace ace = Ace.allow(flags, accessMask(permissions, directory), sid);
            switch (entry.tag()) {
                case MASK -> {}
                case USER_OBJ -> first = ace;
                case OTHER -> last = ace;
                default -> {
                    if (permissions == 0) {
                        none.addLast(ace);
                    } else {
                        some.addFirst(ace);
                    }
                }
            }
        }
        List<Ace> ordered = new ArrayList<>();
        Optional.ofNullable(first).ifPresent(ordered::add);
        ordered.addAll(none);
        ordered.addAll(some);
        Optional.ofNullable(last).ifPresent(ordered::add);
        return ordered;
    }

    /** The rights that permission bits stand for. */
    int accessMask(int permissions, boolean directory) {
        int mask = 0;
        if (permissions == ALL && options.mapFullControl()) {
            mask = directory ? AccessMask.FILE_ALL_ACCESS : AccessMask.FILE_ALL_ACCESS & ~AccessMask.DELETE;
        } else {
            mask |= (permissions & READ) != 0 ? AccessMask.FILE_GENERIC_READ : 0;
            mask |= (permissions & WRITE) != 0 ? AccessMask.FILE_GENERIC_WRITE : 0;
            mask |= (permissions & WRITE) != 0 && directory ? AccessMask.FILE_DELETE_CHILD : 0;
            mask |= (permissions & EXECUTE) != 0 ? AccessMask.FILE_GENERIC_EXECUTE : 0;
        }
        boolean changes = (permissions & WRITE) != 0 && options.dosFilemode();
        return changes ? mask | AccessMask.WRITE_DAC | AccessMask.WRITE_OWNER | AccessMask.DELETE : mask;
    }

    /** An entry for the directory and one for its files that say the same to the same SID are one for both. */
    private static void merge(List<Ace> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Ace own = entries.get(i);
            if (own.flags() != 0) {
                continue;
            }
            Ace passedOn = new Ace(own.type(), PASSED_ON, own.accessMask(), own.sid(), own.data());
            int at = entries.lastIndexOf(passedOn);
            if (at < 0) {
                continue;
            }
            Ace both = Ace.allow(PASSED_ON & ~Ace.INHERIT_ONLY, own.accessMask(), own.sid());
            if (own.accessMask() == 0) { // one that grants nothing belongs to the end
                entries.set(at, both);
                entries.remove(i--);
            } else {
                entries.set(i, both);
                entries.remove(at);
            }
        }
    }

    /** MS-DTYP 2.4.5: the canonical order, as far as lists of the host have different kinds of entries. */
    private static int rank(Ace entry) {
        if ((entry.flags() & Ace.INHERIT_ONLY) != 0) {
            return 2;
        }
        return (entry.flags() & PASSED_ON) != 0 ? 0 : 1;
    }

    /**
     * As seen by clients that expect descriptors to be kept: a directory passes on what {@code creationMode} gives a
     * new file, and nothing is protected.
     */
    SecurityDescriptor withInheritance(SecurityDescriptor byHost, boolean directory, int creationMode) {
        List<Ace> entries = new ArrayList<>(byHost.dacl().orElseThrow().entries());
        if (directory && !AclInheritance.passesOn(byHost, true)) {
            entries.add(Ace.allow(PASSED_ON, accessMask(creationMode >>> 6 & ALL, false), Sid.CREATOR_OWNER));
            entries.add(Ace.allow(PASSED_ON, accessMask(creationMode >>> 3 & ALL, false), Sid.CREATOR_GROUP));
            entries.add(Ace.allow(PASSED_ON, accessMask(creationMode & ALL, false), Sid.EVERYONE));
        }
        return descriptor(0, byHost.owner().orElseThrow(), byHost.group().orElseThrow(), entries);
    }

    /** {@code acl_xattr:default acl style}, for files whose mode does not count. */
    SecurityDescriptor byStyle(StoreStat stat) {
        Sid owner = options.sids().user(stat.uid());
        Sid group = options.sids().group(stat.gid());
        int mode = stat.mode();
        List<Ace> entries = new ArrayList<>();
        switch (options.defaultStyle()) {
            case EVERYONE -> entries.add(Ace.allow(0, AccessMask.FILE_ALL_ACCESS, Sid.EVERYONE));
            case WINDOWS -> {
                entries.add(Ace.allow(0, ownerMask(mode >>> 6), owner));
                entries.add(Ace.allow(0, AccessMask.FILE_ALL_ACCESS, Sid.LOCAL_SYSTEM));
            }
            case POSIX -> {
                entries.add(Ace.allow(0, ownerMask(mode >>> 6), owner));
                addOthers(entries, mode >>> 3, group);
                addOthers(entries, mode, Sid.EVERYONE);
                entries.add(Ace.allow(0, AccessMask.FILE_ALL_ACCESS, Sid.LOCAL_SYSTEM));
            }
        }
        return descriptor(0, owner, group, entries);
    }

    private static int ownerMask(int permissions) {
        boolean writes = (permissions & WRITE) != 0;
        int reading = (permissions & READ) == 0 ? 0 : writes ? AccessMask.FILE_ALL_ACCESS : READ_EXECUTE;
        return reading | (writes ? AccessMask.FILE_GENERIC_WRITE | AccessMask.DELETE : 0);
    }

    private static void addOthers(List<Ace> entries, int permissions, Sid sid) {
        int mask = ((permissions & READ) != 0 ? READ_EXECUTE : 0)
                | ((permissions & WRITE) != 0 ? AccessMask.FILE_GENERIC_WRITE : 0);
        if (mask != 0) {
            entries.add(Ace.allow(0, mask, sid));
        }
    }
}
