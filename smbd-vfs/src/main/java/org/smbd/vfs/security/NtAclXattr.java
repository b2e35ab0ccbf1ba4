package org.smbd.vfs.security;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.smbd.core.type.SecurityDescriptor;

/**
 * The attribute {@code security.NTACL}, as Samba's module acl_xattr reads and writes it.
 *
 * <pre>
 * version u16, version u16, pointer u32, pointer to the descriptor u32    all little-endian
 * version 3: hash type u16, hash [64], pad to 4
 * version 4: hash type u16, hash [64], description, NUL, pad to 4, time u64 (unused), host hash [64]
 * descriptor, its offsets counted from the begin of the attribute
 * </pre>
 *
 * <p>Versions 1 (a descriptor and no hash) and 2 (a hash of 16 bytes that nobody uses) are read.
 *
 * @param descriptor what is kept
 * @param hostHash what the host's own permissions were when it was written; empty: nobody knows, or they do not count
 * @param isUnconditional it counts whatever the host's permissions are: versions 1 and 2
 */
record NtAclXattr(SecurityDescriptor descriptor, Optional<HostHash> hostHash, boolean isUnconditional) {
    private static final int PLAIN = 1;
    private static final int OLD_HASH = 2;
    private static final int DESCRIPTOR_HASH = 3;
    private static final int HOST_HASH = 4;
    private static final int OLD_HASH_BYTES = 16;
    private static final int HASH_FIELD_BYTES = 64;
    private static final int SHA256 = 1;
    private static final int TIME_BYTES = 8;
    private static final int FIRST_POINTER = 0x20000;
    private static final byte[] DESCRIPTION = "posix_acl\0".getBytes(StandardCharsets.US_ASCII);
    /** Version 3 up to the descriptor. */
    private static final int V3_HEAD_BYTES = 80;
    /** Version 4 up to the descriptor. */
    private static final int V4_HEAD_BYTES = 160;

    /** For {@code acl_xattr:ignore system acls}: nothing ties it to the mode of the file. */
    byte[] encodeAlone() {
        return version3(descriptor, new byte[HostHash.BYTES]);
    }

    /**
     * As long as the permissions of the host stay those of {@code host}.
     *
     * @param byHost the descriptor that they come to by themselves
     */
    byte[] encode(HostHash host, SecurityDescriptor byHost) {
        byte[] hash = HostHash.sha256(version3(byHost, new byte[HostHash.BYTES]));
        byte[] value = new byte[V4_HEAD_BYTES + DescriptorFormat.size(descriptor)];
        ByteBuffer out = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        head(out, HOST_HASH, hash);
        out.put(DESCRIPTION).position(V4_HEAD_BYTES - HASH_FIELD_BYTES);
        out.put(host.sha256()).position(V4_HEAD_BYTES);
        DescriptorFormat.write(descriptor, out);
        return value;
    }

    private static byte[] version3(SecurityDescriptor descriptor, byte[] hash) {
        byte[] value = new byte[V3_HEAD_BYTES + DescriptorFormat.size(descriptor)];
        ByteBuffer out = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        head(out, DESCRIPTOR_HASH, hash);
        out.position(V3_HEAD_BYTES);
        DescriptorFormat.write(descriptor, out);
        return value;
    }

    private static void head(ByteBuffer out, int version, byte[] hash) {
        out.putShort((short) version).putShort((short) version);
        out.putInt(FIRST_POINTER).putInt(FIRST_POINTER + 4).putShort((short) SHA256);
        int next = out.position() + HASH_FIELD_BYTES;
        out.put(hash).position(next);
    }

    /** Reads any version; empty if it is damaged or unknown. */
    static Optional<NtAclXattr> decode(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int version = in.getShort();
            boolean consistent = in.getShort() == version && in.getInt() != 0;
            if (!consistent) {
                return Optional.empty();
            }
            Optional<HostHash> hash = Optional.empty();
            switch (version) {
                case PLAIN -> {}
                case OLD_HASH -> skip(in, 4 + OLD_HASH_BYTES);
                case DESCRIPTOR_HASH -> {
                    skip(in, 4 + 2 + HASH_FIELD_BYTES);
                    align(in);
                }
                case HOST_HASH -> hash = readHash(in);
                default -> {
                    return Optional.empty();
                }
            }
            Optional<HostHash> hostHash = hash;
            return DescriptorFormat.read(in)
                    .map(descriptor -> new NtAclXattr(descriptor, hostHash, version <= OLD_HASH));
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<HostHash> readHash(ByteBuffer in) {
        in.getInt();
        int type = in.getShort();
        skip(in, HASH_FIELD_BYTES);
        int letter;
        do {
            letter = in.get(); // of the description, whatever it says
        } while (letter != 0);
        align(in);
        skip(in, TIME_BYTES);
        byte[] hash = new byte[HASH_FIELD_BYTES];
        in.get(hash);
        return type == SHA256 ? Optional.of(new HostHash(Arrays.copyOf(hash, HostHash.BYTES))) : Optional.empty();
    }

    private static void skip(ByteBuffer in, int bytes) {
        in.position(in.position() + bytes);
    }

    private static void align(ByteBuffer in) {
        in.position((in.position() + 3) & ~3);
    }
}
