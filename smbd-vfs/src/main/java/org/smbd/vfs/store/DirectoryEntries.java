package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.util.List;

/** Reads {@code struct linux_dirent64}. */
final class DirectoryEntries {
    /** One entry. */
    record Entry(String name, StoreStat.Type type) {}

    private static final int NAME_AT = 19;

    private DirectoryEntries() {}

    /**
     * Adds the entries in the first {@code length} bytes; left out are {@code .}, {@code ..} and names that are no
     * UTF-8.
     */
    static void decode(ByteBuffer in, int length, List<Entry> entries) {
        int at = 0;
        while (at < length) {
            int entryLength = Short.toUnsignedInt(in.getShort(at + 16));
            int end = at + NAME_AT;
            while (in.get(end) != 0) {
                end++;
            }
            byte[] name = new byte[end - at - NAME_AT];
            in.get(at + NAME_AT, name);
            boolean dots = name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
            if (!dots) {
                StoreStat.Type type = type(in.get(at + 18));
                HostText.decode(name).ifPresent(text -> entries.add(new Entry(text, type)));
            }
            at += entryLength;
        }
    }

    private static StoreStat.Type type(byte type) {
        return switch (type) {
            case 0 -> StoreStat.Type.UNKNOWN;
            case 1 -> StoreStat.Type.FIFO;
            case 2 -> StoreStat.Type.CHARACTER_DEVICE;
            case 4 -> StoreStat.Type.DIRECTORY;
            case 6 -> StoreStat.Type.BLOCK_DEVICE;
            case 8 -> StoreStat.Type.FILE;
            case 10 -> StoreStat.Type.SYMBOLIC_LINK;
            case 12 -> StoreStat.Type.SOCKET;
            default -> StoreStat.Type.OTHER;
        };
    }
}
