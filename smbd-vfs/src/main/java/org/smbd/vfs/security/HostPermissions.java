package org.smbd.vfs.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.store.StoreStat;

/**
 * The way back of {@link PosixDescriptors}: what of a descriptor the host can enforce. Entries of POSIX.1e do not add
 * up as those of a descriptor do, so that each of them gets what its own SID and everyone are granted together; a SID
 * that stands for nobody on the host gives nothing.
 *
 * @param access for the file itself
 * @param inherited for new files of a directory; empty: none
 */
record HostPermissions(PosixAcl access, Optional<PosixAcl> inherited) {
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int EXECUTE = 1;
    private static final int ALL = READ | WRITE | EXECUTE;
    private static final int PASSED_ON = Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT;

    /** A list that grants everything to everyone, where there is none. */
    private static final Acl EVERYTHING = Acl.of(Ace.allow(PASSED_ON, AccessMask.FILE_ALL_ACCESS, Sid.EVERYONE));

    /** One of the users and groups that have an entry of their own. */
    private record Named(PosixAcl.Tag tag, int id) {}

    static HostPermissions of(SecurityDescriptor descriptor, StoreStat stat, SidMapping sids) {
        List<Ace> entries = descriptor.dacl().orElse(EVERYTHING).entries();
        List<Ace> own = entries.stream()
                .filter(entry -> (entry.flags() & Ace.INHERIT_ONLY) == 0)
                .toList();
        PosixAcl access = list(own, stat, sids, false);
        if (!stat.isDirectory()) {
            return new HostPermissions(access, Optional.empty());
        }
        List<Ace> passedOn = entries.stream()
                .filter(entry -> (entry.flags() & PASSED_ON) != 0)
                .toList();
        return new HostPermissions(
                access, passedOn.isEmpty() ? Optional.empty() : Optional.of(list(passedOn, stat, sids, true)));
    }

    /**
     * The same where one process owns all files and decides by their descriptors who gets at them: it must get at them
     * itself.
     */
    HostPermissions reachedByOwner(boolean directory) {
        return new HostPermissions(
                access.withOwner(directory ? ALL : READ | WRITE), inherited.map(list -> list.withOwner(ALL)));
    }

    private static PosixAcl list(List<Ace> entries, StoreStat stat, SidMapping sids, boolean passedOn) {
        Predicate<Sid> owner = sid -> passedOn
                ? sid.equals(Sid.CREATOR_OWNER)
                : sid.equals(Sid.OWNER_RIGHTS) || isId(sids.uid(sid), stat.uid());
        Predicate<Sid> group = sid -> passedOn ? sid.equals(Sid.CREATOR_GROUP) : isId(sids.gid(sid), stat.gid());
        Map<Named, Predicate<Sid>> named = new LinkedHashMap<>();
        for (Ace entry : entries) {
            Sid sid = entry.sid();
            if (owner.test(sid) || group.test(sid)) {
                continue;
            }
            sids.uid(sid).ifPresent(id -> named.put(new Named(PosixAcl.Tag.USER, id), sid::equals));
            sids.gid(sid).ifPresent(id -> named.put(new Named(PosixAcl.Tag.GROUP, id), sid::equals));
        }
        List<PosixAcl.Entry> users = new ArrayList<>();
        List<PosixAcl.Entry> groups = new ArrayList<>();
        int groupPermissions = permissions(entries, group);
        int mask = groupPermissions;
        for (Map.Entry<Named, Predicate<Sid>> one : named.entrySet()) {
            int permissions = permissions(entries, one.getValue());
            Named who = one.getKey();
            (who.tag() == PosixAcl.Tag.USER ? users : groups).add(new PosixAcl.Entry(who.tag(), permissions, who.id()));
            mask |= permissions;
        }
        List<PosixAcl.Entry> all = new ArrayList<>();
        all.add(PosixAcl.Entry.of(PosixAcl.Tag.USER_OBJ, permissions(entries, owner)));
        all.addAll(sorted(users));
        all.add(PosixAcl.Entry.of(PosixAcl.Tag.GROUP_OBJ, groupPermissions));
        all.addAll(sorted(groups));
        if (!named.isEmpty()) {
            all.add(PosixAcl.Entry.of(PosixAcl.Tag.MASK, mask));
        }
        all.add(PosixAcl.Entry.of(PosixAcl.Tag.OTHER, permissions(entries, sid -> false)));
        return new PosixAcl(all);
    }

    /** The kernel wants the entries of a kind by their ids. */
    private static List<PosixAcl.Entry> sorted(List<PosixAcl.Entry> entries) {
        return entries.stream()
                .sorted((a, b) -> Integer.compareUnsigned(a.id(), b.id()))
                .toList();
    }

    private static boolean isId(OptionalInt id, int wanted) {
        return id.isPresent() && id.getAsInt() == wanted;
    }

    /** What the entries for everyone and for {@code whom} grant; the first that speaks of a right decides. */
    private static int permissions(List<Ace> entries, Predicate<Sid> whom) {
        int granted = 0;
        int denied = 0;
        for (Ace entry : entries) {
            if (!entry.sid().equals(Sid.EVERYONE) && !whom.test(entry.sid())) {
                continue;
            }
            if (entry.type() == Ace.ACCESS_ALLOWED) {
                granted |= entry.accessMask() & ~denied;
            } else if (entry.type() == Ace.ACCESS_DENIED) {
                denied |= entry.accessMask() & ~granted;
            }
        }
        int mask = AccessMask.mapGeneric(granted);
        int bits = AccessMask.hasAny(mask, AccessMask.FILE_READ_DATA) ? READ : 0;
        bits |= AccessMask.hasAny(mask, AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA) ? WRITE : 0;
        bits |= AccessMask.hasAny(mask, AccessMask.FILE_EXECUTE) ? EXECUTE : 0;
        return bits & ALL;
    }
}
