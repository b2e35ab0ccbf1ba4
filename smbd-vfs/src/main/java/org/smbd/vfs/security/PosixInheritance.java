package org.smbd.vfs.security;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.store.StoreStat;

/**
 * What a descriptor says of inheritance and permissions of the host do not: {@code map acl inherit}. Kept in the
 * attribute that Samba keeps it in; read in both of its versions, written in the second:
 *
 * <pre>
 *   1: version 1, flags 1, count 2, count of default entries 2; each entry: kind 1, id 4
 *   2: version 1, control 2, count 2, count of default entries 2; each entry: flags 1, kind 1, id 4
 * </pre>
 *
 * @param control of the descriptor
 * @param access entries for the file itself
 * @param passedOn those for what is made in a directory
 */
record PosixInheritance(int control, List<Entry> access, List<Entry> passedOn) {
    /** The attribute. */
    static final String ATTRIBUTE = "user.SAMBA_PAI";

    private static final int VERSION_1 = 1;
    private static final int VERSION_1_PROTECTED = 1;
    private static final int VERSION_1_HEAD_BYTES = 6;
    private static final int VERSION_1_ENTRY_BYTES = 5;
    private static final int VERSION_2 = 2;
    private static final int VERSION_2_HEAD_BYTES = 7;
    private static final int VERSION_2_ENTRY_BYTES = 6;
    private static final int NO_ID = -1;
    private static final int PASSED_ON = Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT;
    private static final int CONTROL = SecurityDescriptor.SE_DACL_PROTECTED | SecurityDescriptor.SE_DACL_AUTO_INHERITED;

    /** Whom an entry is about, in the order of the codes. */
    enum Kind {
        USER,
        GROUP,
        WORLD
    }

    /** One of them, whatever it has inherited. */
    private record Whom(Kind kind, int id) {}

    /**
     * An entry.
     *
     * @param flags those of an {@link Ace}
     * @param id uid or gid, -1 for the world
     */
    record Entry(int flags, Kind kind, int id) {}

    PosixInheritance {
        access = List.copyOf(access);
        passedOn = List.copyOf(passedOn);
    }

    /** What is to be kept of a descriptor that becomes permissions of the host. */
    static PosixInheritance of(SecurityDescriptor descriptor, StoreStat stat, SidMapping sids) {
        List<Entry> access = new ArrayList<>();
        List<Entry> passedOn = new ArrayList<>();
        for (Ace ace : descriptor.dacl().map(Acl::entries).orElse(List.of())) {
            Optional<Entry> entry = whom(ace.sid(), stat, sids)
                    .map(who -> new Entry(ace.flags() & Ace.INHERITED, who.kind(), who.id()));
            if ((ace.flags() & Ace.INHERIT_ONLY) == 0) {
                entry.ifPresent(access::add);
            }
            if (stat.isDirectory() && (ace.flags() & PASSED_ON) != 0) {
                entry.ifPresent(passedOn::add);
            }
        }
        return new PosixInheritance(descriptor.control() & CONTROL, access, passedOn);
    }

    private static Optional<Whom> whom(Sid sid, StoreStat stat, SidMapping sids) {
        if (sid.equals(Sid.EVERYONE)) {
            return Optional.of(new Whom(Kind.WORLD, NO_ID));
        }
        if (sid.equals(Sid.CREATOR_OWNER)) {
            return Optional.of(new Whom(Kind.USER, stat.uid()));
        }
        if (sid.equals(Sid.CREATOR_GROUP)) {
            return Optional.of(new Whom(Kind.GROUP, stat.gid()));
        }
        OptionalInt uid = sids.uid(sid);
        if (uid.isPresent()) {
            return Optional.of(new Whom(Kind.USER, uid.getAsInt()));
        }
        OptionalInt gid = sids.gid(sid);
        return gid.isPresent() ? Optional.of(new Whom(Kind.GROUP, gid.getAsInt())) : Optional.empty();
    }

    /** The descriptor that the permissions of the host stand for, with what was kept beside them. */
    SecurityDescriptor applyTo(SecurityDescriptor host, StoreStat stat, SidMapping sids) {
        List<Ace> entries = host.dacl().orElseThrow().entries().stream()
                .map(ace -> isInherited(ace, stat, sids)
                        ? new Ace(ace.type(), ace.flags() | Ace.INHERITED, ace.accessMask(), ace.sid(), ace.data())
                        : ace)
                .toList();
        return new SecurityDescriptor(
                host.control() & ~CONTROL | control & CONTROL,
                host.owner(),
                host.group(),
                Optional.of(new Acl(Acl.REVISION, entries)),
                host.sacl());
    }

    private boolean isInherited(Ace ace, StoreStat stat, SidMapping sids) {
        List<Entry> among = (ace.flags() & Ace.INHERIT_ONLY) != 0 ? passedOn : access;
        Optional<Whom> whom = whom(ace.sid(), stat, sids);
        return among.stream()
                .filter(entry -> whom.equals(Optional.of(new Whom(entry.kind(), entry.id()))))
                .findFirst()
                .filter(entry -> (entry.flags() & Ace.INHERITED) != 0)
                .isPresent();
    }

    /** The form of the attribute. */
    byte[] encode() {
        int count = access.size() + passedOn.size();
        ByteBuffer out = ByteBuffer.allocate(VERSION_2_HEAD_BYTES + count * VERSION_2_ENTRY_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) VERSION_2).putShort((short) control);
        out.putShort((short) access.size()).putShort((short) passedOn.size());
        for (List<Entry> entries : List.of(access, passedOn)) {
            for (Entry entry : entries) {
                out.put((byte) entry.flags()).put((byte) entry.kind().ordinal()).putInt(entry.id());
            }
        }
        return out.array();
    }

    /** Empty for what is damaged, or of a version that is not known. */
    static Optional<PosixInheritance> decode(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        int version = in.hasRemaining() ? in.get() : 0;
        boolean old = version == VERSION_1;
        int headBytes = old ? VERSION_1_HEAD_BYTES : VERSION_2_HEAD_BYTES;
        if (!old && version != VERSION_2 || value.length < headBytes) {
            return Optional.empty();
        }
        int control = old ? oldControl(in.get()) : Short.toUnsignedInt(in.getShort());
        int count = Short.toUnsignedInt(in.getShort());
        int passedOnCount = Short.toUnsignedInt(in.getShort());
        int entryBytes = old ? VERSION_1_ENTRY_BYTES : VERSION_2_ENTRY_BYTES;
        if (in.remaining() != (count + passedOnCount) * entryBytes) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        while (in.hasRemaining()) {
            int flags = old ? Ace.INHERITED : Byte.toUnsignedInt(in.get());
            int kind = Byte.toUnsignedInt(in.get());
            if (kind >= Kind.values().length) {
                return Optional.empty();
            }
            entries.add(new Entry(flags, Kind.values()[kind], in.getInt()));
        }
        return Optional.of(new PosixInheritance(
                control, entries.subList(0, count), entries.subList(count, count + passedOnCount)));
    }

    private static int oldControl(int flags) {
        return (flags & VERSION_1_PROTECTED) != 0 ? SecurityDescriptor.SE_DACL_PROTECTED : 0;
    }
}
