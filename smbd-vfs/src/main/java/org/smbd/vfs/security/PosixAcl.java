package org.smbd.vfs.security;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.smbd.core.type.PosixIdentity;

/**
 * An access control list of the host, acl(5): the content of the attributes {@value #ACCESS} and {@value #DEFAULT} on
 * Linux.
 *
 * @param entries in the kernel's order
 */
public record PosixAcl(List<Entry> entries) {
    /** Who may use a file. */
    public static final String ACCESS = "system.posix_acl_access";
    /** What a new file in a directory gets. */
    public static final String DEFAULT = "system.posix_acl_default";

    static final PosixAcl EMPTY = new PosixAcl(List.of());

    private static final int VERSION = 2;
    private static final int HEAD_BYTES = 4;
    private static final int ENTRY_BYTES = 8;
    private static final int NO_ID = -1;
    private static final int ALL = 7;

    /** Whom an entry is about. */
    public enum Tag {
        USER_OBJ(0x01),
        USER(0x02),
        GROUP_OBJ(0x04),
        GROUP(0x08),
        MASK(0x10),
        OTHER(0x20);

        private final int code;

        Tag(int code) {
            this.code = code;
        }

        /** Whether the entry names a user or group by its id. */
        public boolean isNamed() {
            return this == USER || this == GROUP;
        }
    }

    /**
     * One entry.
     *
     * @param permissions 4 read, 2 write, 1 execute
     * @param id of a named user or group
     */
    public record Entry(Tag tag, int permissions, int id) {
        static Entry of(Tag tag, int permissions) {
            return new Entry(tag, permissions, NO_ID);
        }
    }

    public PosixAcl {
        entries = List.copyOf(entries);
    }

    /** The list that a mode stands for. */
    public static PosixAcl ofMode(int mode) {
        return new PosixAcl(List.of(
                Entry.of(Tag.USER_OBJ, mode >>> 6 & ALL),
                Entry.of(Tag.GROUP_OBJ, mode >>> 3 & ALL),
                Entry.of(Tag.OTHER, mode & ALL)));
    }

    /** The mode bits that stand for the list, as chmod(1) shows them: with a mask, it is what the group has. */
    int mode() {
        int group = permissions(Tag.MASK).orElse(permissions(Tag.GROUP_OBJ).orElse(0));
        return permissions(Tag.USER_OBJ).orElse(0) << 6
                | group << 3
                | permissions(Tag.OTHER).orElse(0);
    }

    /** Whether a mode says all that the list says. */
    boolean isMinimal() {
        return entries.stream().noneMatch(entry -> entry.tag().isNamed() || entry.tag() == Tag.MASK);
    }

    /** The same with at least these permissions for the owner. */
    PosixAcl withOwner(int permissions) {
        return new PosixAcl(entries.stream()
                .map(entry ->
                        entry.tag() == Tag.USER_OBJ ? Entry.of(Tag.USER_OBJ, entry.permissions() | permissions) : entry)
                .toList());
    }

    Optional<Integer> permissions(Tag tag) {
        return entries.stream()
                .filter(entry -> entry.tag() == tag)
                .map(Entry::permissions)
                .findFirst();
    }

    /** What {@code who} may do with a file of that owner and group. acl(5), ACCESS CHECK ALGORITHM. */
    public int granted(PosixIdentity who, int uid, int gid) {
        int mask = permissions(Tag.MASK).orElse(ALL);
        if (who.uid() == uid) {
            return permissions(Tag.USER_OBJ).orElse(0);
        }
        for (Entry entry : entries) {
            if (entry.tag() == Tag.USER && entry.id() == who.uid()) {
                return entry.permissions() & mask;
            }
        }
        int byGroup = 0;
        boolean member = false;
        for (Entry entry : entries) {
            boolean matches = entry.tag() == Tag.GROUP_OBJ && isMember(who, gid)
                    || entry.tag() == Tag.GROUP && isMember(who, entry.id());
            if (matches) {
                member = true;
                byGroup |= entry.permissions();
            }
        }
        return member ? byGroup & mask : permissions(Tag.OTHER).orElse(0);
    }

    private static boolean isMember(PosixIdentity who, int gid) {
        return who.gid() == gid || Arrays.stream(who.groups()).anyMatch(group -> group == gid);
    }

    /** The form of the attribute. */
    public byte[] encode() {
        ByteBuffer out =
                ByteBuffer.allocate(HEAD_BYTES + ENTRY_BYTES * entries.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(VERSION);
        for (Entry entry : entries) {
            out.putShort((short) entry.tag().code)
                    .putShort((short) entry.permissions())
                    .putInt(entry.id());
        }
        return out.array();
    }

    /** Reads the form of the attribute; empty if it is damaged. */
    public static Optional<PosixAcl> decode(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (value.length < HEAD_BYTES || (value.length - HEAD_BYTES) % ENTRY_BYTES != 0 || in.getInt() != VERSION) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        while (in.hasRemaining()) {
            int code = in.getShort();
            int permissions = in.getShort() & ALL;
            int id = in.getInt();
            Optional<Tag> tag = Arrays.stream(Tag.values())
                    .filter(known -> known.code == code)
                    .findFirst();
            if (tag.isEmpty()) {
                return Optional.empty();
            }
            entries.add(new Entry(tag.get(), permissions, tag.get().isNamed() ? id : NO_ID));
        }
        return Optional.of(new PosixAcl(entries));
    }
}
