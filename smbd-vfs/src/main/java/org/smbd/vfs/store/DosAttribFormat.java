package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.smbd.core.file.FileAttributes;

/**
 * The bytes of the extended attribute {@code user.DOSATTRIB}, which Samba and ksmbd keep too.
 *
 * <p>NDR, little-endian: a NUL-terminated string (the attributes in hexadecimal, or empty), padding to 2, a 16-bit
 * version, the version again as the arm of a union, padding to 4, then by version. Read are the string alone (Samba
 * 3.0) and versions 1 to 5. Written is version 4: the newest that ksmbd reads, and Samba reads it like its own version
 * 5.
 */
final class DosAttribFormat {
    /** Longer values are damaged: the longest known has 64 bytes and a file name. */
    static final int LENGTH_MAX = 1024;

    private static final int HEX_LENGTH_MAX = 12;
    private static final int VERSION_WRITTEN = 4;
    private static final int VALID_ATTRIBUTES = 0x1;
    private static final int VALID_CREATION_TIME = 0x10;
    /** In version 4 nobody else sets or reads it: says that the ChangeTime is kept beside it. */
    private static final int VALID_CHANGE_TIME = 0x20;

    private static final int LENGTH_WRITTEN = 32;
    private static final int ATTRIBUTES_KEPT =
            FileAttributes.SETTABLE | FileAttributes.SPARSE_FILE | FileAttributes.REPARSE_POINT;

    private DosAttribFormat() {}

    /** The bytes for {@code attributes}; of their ChangeTime only that there is one has a place in them. */
    static byte[] encode(DosAttributes attributes) {
        boolean timed = attributes.creationTime() != 0;
        ByteBuffer out = ByteBuffer.allocate(LENGTH_WRITTEN).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 0); // the empty string and its padding
        out.putShort((short) VERSION_WRITTEN);
        out.putInt(VERSION_WRITTEN);
        int valid = timed ? VALID_ATTRIBUTES | VALID_CREATION_TIME : VALID_ATTRIBUTES;
        out.putInt(attributes.changeTime() != 0 ? valid | VALID_CHANGE_TIME : valid);
        out.putInt(attributes.attributes() & ATTRIBUTES_KEPT);
        out.putLong(attributes.creationTime()); // the "invented time", not valid by the flags, but ksmbd reads it
        out.putLong(attributes.creationTime());
        return out.array();
    }

    /** Whether a ChangeTime was kept beside {@code value} when it was written. */
    static boolean hasChangeTime(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        return value.length == LENGTH_WRITTEN
                && in.getInt(4) == VERSION_WRITTEN
                && (in.getInt(8) & VALID_CHANGE_TIME) != 0;
    }

    /** What {@code value} says; empty if it is damaged. */
    static Optional<DosAttributes> decode(byte[] value) {
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        if (value.length > LENGTH_MAX || end > HEX_LENGTH_MAX) {
            return Optional.empty();
        }
        String hex = new String(value, 0, end, StandardCharsets.ISO_8859_1);
        int versionAt = (end + 2) & ~1;
        if (versionAt + 4 > value.length) {
            return end >= value.length - 1 ? ofHex(hex) : Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        int version = Short.toUnsignedInt(in.getShort(versionAt));
        if (Short.toUnsignedInt(in.getShort(versionAt + 2)) != version) {
            return Optional.empty();
        }
        int bodyAt = (versionAt + 4 + 3) & ~3;
        return bodyAt > value.length ? Optional.empty() : ofVersion(version, in.position(bodyAt));
    }

    private static Optional<DosAttributes> ofVersion(int version, ByteBuffer in) {
        int length = switch (version) {
            case 1 -> 40;
            case 2 -> 48;
            case 3 -> 44;
            case 4 -> 24;
            case 5 -> 16;
            default -> Integer.MAX_VALUE;
        };
        if (in.remaining() < length) {
            return Optional.empty();
        }
        int at = in.position();
        if (version == 1) {
            return result(in.getInt(at), in.getLong(at + 24)); // attributes, EA size, size, allocation, creation
        }
        int attributes = in.getInt(at + 4);
        boolean timed = (in.getInt(at) & VALID_CREATION_TIME) != 0;
        return switch (version) {
            case 2 -> result(attributes, 0); // its flags do not tell whether there is a time
            case 3 -> result(attributes, timed ? in.getLong(at + 28) : 0);
            case 4 -> result(attributes, timed ? in.getLong(at + 16) : 0);
            default -> result(attributes, timed ? in.getLong(at + 8) : 0);
        };
    }

    private static Optional<DosAttributes> ofHex(String hex) {
        if (!hex.startsWith("0x")) {
            return Optional.empty();
        }
        try {
            return result(Integer.parseUnsignedInt(hex, 2, hex.length(), 16), 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<DosAttributes> result(int attributes, long creationTime) {
        return Optional.of(new DosAttributes(attributes & ATTRIBUTES_KEPT, Math.max(0, creationTime), 0));
    }
}
