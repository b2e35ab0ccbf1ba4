package org.smbd.vfs.security;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.smbd.vfs.store.StoreStat;

/**
 * SHA-256 over owner, group, mode and access control lists of a file, in the form that Samba hashes: the NDR encoding
 * of its smb_acl_wrapper. It changes whenever somebody changes the permissions on the host.
 *
 * @param sha256 32 bytes; not changed after construction
 */
record HostHash(byte[] sha256) {
    static final int BYTES = 32;

    private static final int TYPE_FILE = 0100000;
    private static final int TYPE_DIRECTORY = 0040000;
    private static final int POINTER = 0x20000;
    private static final int WRAPPER_BYTES = 28;
    private static final int LIST_HEAD_BYTES = 16;
    private static final int ENTRY_BYTES_MAX = 24;

    /** Samba's numbers of the tags of POSIX.1e. */
    private static int number(PosixAcl.Tag tag) {
        return switch (tag) {
            case USER -> 1;
            case USER_OBJ -> 2;
            case GROUP -> 3;
            case GROUP_OBJ -> 4;
            case OTHER -> 5;
            case MASK -> 6;
        };
    }

    /**
     * The hash of a file.
     *
     * @param inherited the default list of a directory
     */
    static HostHash of(StoreStat stat, PosixAcl access, Optional<PosixAcl> inherited) {
        PosixAcl passedOn = inherited.orElse(PosixAcl.EMPTY);
        int entries = access.entries().size() + passedOn.entries().size();
        ByteBuffer out = ByteBuffer.allocate(WRAPPER_BYTES + 2 * LIST_HEAD_BYTES + entries * ENTRY_BYTES_MAX)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(POINTER).putInt(stat.isDirectory() ? POINTER + 4 : 0);
        out.putLong(stat.uid() & 0xFFFFFFFFL).putLong(stat.gid() & 0xFFFFFFFFL);
        out.putInt((stat.isDirectory() ? TYPE_DIRECTORY : TYPE_FILE) | stat.mode());
        write(access, out);
        if (stat.isDirectory()) {
            write(passedOn, out);
        }
        return new HostHash(sha256(Arrays.copyOf(out.array(), out.position())));
    }

    private static void write(PosixAcl list, ByteBuffer out) {
        align(out, 4);
        out.putInt(list.entries().size());
        align(out, 8);
        out.putInt(list.entries().size()).putInt(0); // count, and the cursor of Samba's iterator
        for (PosixAcl.Entry entry : list.entries()) {
            align(out, 8);
            out.putShort((short) number(entry.tag())).putShort((short) number(entry.tag()));
            if (entry.tag().isNamed()) {
                align(out, 8);
                out.putLong(entry.id() & 0xFFFFFFFFL);
            }
            out.putInt(entry.permissions());
        }
    }

    private static void align(ByteBuffer out, int to) {
        out.position((out.position() + to - 1) & -to);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostHash that && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }
}
