package org.smbd.protocol.fscc;

import java.util.Optional;
import java.util.function.Function;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-DTYP 2.4.6 SECURITY_DESCRIPTOR, in its self-relative form. */
public final class SecurityDescriptorCodec {
    private static final int REVISION = 1;
    private static final int SE_SELF_RELATIVE = 0x8000;
    private static final int FIXED_BYTES = 20;

    private SecurityDescriptorCodec() {}

    /** Bytes of the encoded form: what a BUFFER_TOO_SMALL answer tells the client. */
    public static int size(SecurityDescriptor descriptor) {
        return FIXED_BYTES
                + descriptor.owner().map(SidCodec::size).orElse(0)
                + descriptor.group().map(SidCodec::size).orElse(0)
                + descriptor.sacl().map(AclCodec::size).orElse(0)
                + descriptor.dacl().map(AclCodec::size).orElse(0);
    }

    /** Appends a descriptor; {@link SecurityDescriptor#select} picks the parts that were asked for. */
    public static void encode(SecurityDescriptor descriptor, WireWriter out) {
        WireWriter self = out.nested();
        int owner = FIXED_BYTES;
        int group = owner + descriptor.owner().map(SidCodec::size).orElse(0);
        int sacl = group + descriptor.group().map(SidCodec::size).orElse(0);
        int dacl = sacl + descriptor.sacl().map(AclCodec::size).orElse(0);
        self.u8(REVISION); // Revision
        self.u8(0); // Sbz1
        self.u16(descriptor.control() | SE_SELF_RELATIVE); // Control
        self.i32(descriptor.owner().isPresent() ? owner : 0); // OffsetOwner
        self.i32(descriptor.group().isPresent() ? group : 0); // OffsetGroup
        self.i32(descriptor.sacl().isPresent() ? sacl : 0); // OffsetSacl
        self.i32(descriptor.dacl().isPresent() ? dacl : 0); // OffsetDacl
        descriptor.owner().ifPresent(sid -> SidCodec.encode(sid, self)); // OwnerSid
        descriptor.group().ifPresent(sid -> SidCodec.encode(sid, self)); // GroupSid
        descriptor.sacl().ifPresent(acl -> AclCodec.encode(acl, self)); // Sacl
        descriptor.dacl().ifPresent(acl -> AclCodec.encode(acl, self)); // Dacl
    }

    /**
     * Reads a descriptor that fills the reader; offsets count from its origin.
     *
     * @throws MalformedMessage INVALID_SECURITY_DESCR where any part is not what it claims to be
     */
    public static SecurityDescriptor decode(WireReader in) {
        try {
            int revision = in.u8(); // Revision
            in.skip(1); // Sbz1
            int control = in.u16(); // Control
            if (revision != REVISION || (control & SE_SELF_RELATIVE) == 0) {
                throw MalformedMessage.invalidParameter();
            }
            long owner = in.u32(); // OffsetOwner
            long group = in.u32(); // OffsetGroup
            long sacl = in.u32(); // OffsetSacl
            long dacl = in.u32(); // OffsetDacl
            return new SecurityDescriptor(
                    control & ~SE_SELF_RELATIVE,
                    part(in, owner, SidCodec::decode),
                    part(in, group, SidCodec::decode),
                    part(in, (control & SecurityDescriptor.SE_DACL_PRESENT) != 0 ? dacl : 0, AclCodec::decode),
                    part(in, (control & SecurityDescriptor.SE_SACL_PRESENT) != 0 ? sacl : 0, AclCodec::decode));
        } catch (MalformedMessage broken) {
            throw MalformedMessage.of(NtStatus.INVALID_SECURITY_DESCR);
        }
    }

    private static <T> Optional<T> part(WireReader in, long offset, Function<WireReader, T> decoder) {
        if (offset == 0) {
            return Optional.empty();
        }
        if (offset < FIXED_BYTES) {
            throw MalformedMessage.invalidParameter();
        }
        in.seek(offset);
        return Optional.of(decoder.apply(in));
    }
}
