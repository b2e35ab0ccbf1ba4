package org.smbd.vfs.security;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;

/**
 * A descriptor as Samba's NDR writes it into an attribute: MS-DTYP 2.4.6 SECURITY_DESCRIPTOR, but with offsets that
 * count from the begin of the whole attribute. Little-endian buffers only.
 */
final class DescriptorFormat {
    private static final int REVISION = 1;
    private static final int SE_SELF_RELATIVE = 0x8000;
    private static final int FIXED_BYTES = 20;
    private static final int SID_FIXED_BYTES = 8;
    private static final int LIST_FIXED_BYTES = 8;
    private static final int ENTRY_FIXED_BYTES = 8;

    private DescriptorFormat() {}

    /** Bytes that {@link #write} adds. */
    static int size(SecurityDescriptor descriptor) {
        return FIXED_BYTES
                + descriptor.owner().map(DescriptorFormat::size).orElse(0)
                + descriptor.group().map(DescriptorFormat::size).orElse(0)
                + descriptor.sacl().map(DescriptorFormat::size).orElse(0)
                + descriptor.dacl().map(DescriptorFormat::size).orElse(0);
    }

    private static int size(Sid sid) {
        return SID_FIXED_BYTES + 4 * sid.subAuthorities().size();
    }

    private static int size(Acl list) {
        return LIST_FIXED_BYTES
                + list.entries().stream().mapToInt(DescriptorFormat::size).sum();
    }

    private static int size(Ace entry) {
        return (ENTRY_FIXED_BYTES + size(entry.sid()) + entry.data().length + 3) & ~3;
    }

    static void write(SecurityDescriptor descriptor, ByteBuffer out) {
        int owner = out.position() + FIXED_BYTES;
        int group = owner + descriptor.owner().map(DescriptorFormat::size).orElse(0);
        int sacl = group + descriptor.group().map(DescriptorFormat::size).orElse(0);
        int dacl = sacl + descriptor.sacl().map(DescriptorFormat::size).orElse(0);
        out.put((byte) REVISION).put((byte) 0).putShort((short) (descriptor.control() | SE_SELF_RELATIVE));
        out.putInt(descriptor.owner().isPresent() ? owner : 0);
        out.putInt(descriptor.group().isPresent() ? group : 0);
        out.putInt(descriptor.sacl().isPresent() ? sacl : 0);
        out.putInt(descriptor.dacl().isPresent() ? dacl : 0);
        descriptor.owner().ifPresent(sid -> write(sid, out));
        descriptor.group().ifPresent(sid -> write(sid, out));
        descriptor.sacl().ifPresent(list -> write(list, out));
        descriptor.dacl().ifPresent(list -> write(list, out));
    }

    private static void write(Sid sid, ByteBuffer out) {
        out.put((byte) 1).put((byte) sid.subAuthorities().size());
        for (int shift = 40; shift >= 0; shift -= 8) {
            out.put((byte) (sid.authority() >>> shift));
        }
        sid.subAuthorities().forEach(out::putInt);
    }

    private static void write(Acl list, ByteBuffer out) {
        out.put((byte) list.revision()).put((byte) 0).putShort((short) size(list));
        out.putInt(list.entries().size()); // AceCount and Sbz2
        for (Ace entry : list.entries()) {
            int end = out.position() + size(entry);
            out.put((byte) entry.type()).put((byte) entry.flags()).putShort((short) size(entry));
            out.putInt(entry.accessMask());
            write(entry.sid(), out);
            out.put(entry.data());
            while (out.position() < end) {
                out.put((byte) 0);
            }
        }
    }

    /** Reads a descriptor at the position of {@code in}; empty if any part of it is damaged. */
    static Optional<SecurityDescriptor> read(ByteBuffer in) {
        try {
            int revision = in.get();
            in.get();
            int control = in.getShort() & 0xFFFF;
            int owner = in.getInt();
            int group = in.getInt();
            int sacl = in.getInt();
            int dacl = in.getInt();
            if (revision != REVISION) {
                return Optional.empty();
            }
            return Optional.of(new SecurityDescriptor(
                    control & ~SE_SELF_RELATIVE,
                    part(in, owner, DescriptorFormat::readSid),
                    part(in, group, DescriptorFormat::readSid),
                    part(in, dacl, DescriptorFormat::readList),
                    part(in, sacl, DescriptorFormat::readList)));
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> part(ByteBuffer in, int offset, Function<ByteBuffer, T> reader) {
        return offset == 0 ? Optional.empty() : Optional.of(reader.apply(in.position(offset)));
    }

    private static Sid readSid(ByteBuffer in) {
        in.get(); // revision
        int count = in.get() & 0xFF;
        if (count > Sid.SUB_AUTHORITIES_MAX) {
            throw new IllegalArgumentException("too many sub-authorities");
        }
        long authority = 0;
        for (int i = 0; i < 6; i++) {
            authority = authority << 8 | in.get() & 0xFF;
        }
        List<Integer> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(in.getInt());
        }
        return new Sid(authority, parts);
    }

    private static Acl readList(ByteBuffer in) {
        int start = in.position();
        int revision = in.get();
        in.get();
        int bytes = in.getShort() & 0xFFFF;
        int count = in.getInt();
        List<Ace> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(readEntry(in, start + bytes)); // takes bytes, so that a count that lies ends here
        }
        return new Acl(revision, entries);
    }

    private static Ace readEntry(ByteBuffer in, int listEnd) {
        int start = in.position();
        int type = in.get() & 0xFF;
        int flags = in.get() & 0xFF;
        int bytes = in.getShort() & 0xFFFF;
        int mask = in.getInt();
        Sid sid = readSid(in);
        int data = start + bytes - in.position();
        if (data < 0 || start + bytes > listEnd || data > in.remaining()) {
            throw new IllegalArgumentException("an entry that is longer than its list");
        }
        byte[] rest = new byte[data];
        in.get(rest);
        return new Ace(type, flags, mask, sid, rest);
    }
}
