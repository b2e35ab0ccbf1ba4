package org.smbd.core.file;

import java.util.Arrays;

/**
 * An extended attribute of a file. MS-FSCC 2.4.16 FileFullEaInformation.
 *
 * @param flags 0 or {@link #FILE_NEED_EA}
 * @param name not empty; case does not matter
 * @param value at most 65,535 bytes, not changed after construction; empty where there is no such attribute
 */
public record ExtendedAttribute(int flags, String name, byte[] value) {
    /** Who does not understand extended attributes must not interpret the file. */
    public static final int FILE_NEED_EA = 0x80;

    public boolean isNeeded() {
        return (flags & FILE_NEED_EA) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtendedAttribute that
                && flags == that.flags
                && name.equals(that.name)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * flags + name.hashCode()) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return name + "[" + value.length + "]";
    }
}
