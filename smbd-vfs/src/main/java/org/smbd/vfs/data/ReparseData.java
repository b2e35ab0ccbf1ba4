package org.smbd.vfs.data;

import java.util.Arrays;
import org.smbd.core.type.Guid;

/** What is behind a reparse point: MS-FSA 2.1.1.3 Per File, ReparseTag, ReparseGUID, ReparseData. */
public sealed interface ReparseData {
    /** File.ReparseTag. */
    int tag();

    /**
     * Data that a client has set, and gets back as they were.
     *
     * @param guid File.ReparseGUID; zero for the tags of Microsoft
     * @param buffer the whole of MS-FSCC 2.1.2.2 REPARSE_DATA_BUFFER, or of 2.1.2.3 with the GUID
     */
    record Kept(int tag, Guid guid, byte[] buffer) implements ReparseData {
        @Override
        public boolean equals(Object other) {
            return other instanceof Kept kept
                    && kept.tag == tag
                    && kept.guid.equals(guid)
                    && Arrays.equals(kept.buffer, buffer);
        }

        @Override
        public int hashCode() {
            return 31 * tag + Arrays.hashCode(buffer);
        }

        @Override
        public String toString() {
            return "Kept[tag=" + Integer.toHexString(tag) + ", " + buffer.length + " bytes]";
        }
    }

    /**
     * A symbolic link of the host.
     *
     * @param target as the host has it, with slashes
     */
    record HostLink(String target) implements ReparseData {
        @Override
        public int tag() {
            return ReparseTags.SYMLINK;
        }
    }

    /**
     * A file of the host that is neither file, directory nor link.
     *
     * @param kind what it is
     * @param major number of a device, else 0
     * @param minor number of a device, else 0
     */
    record HostSpecial(Kind kind, int major, int minor) implements ReparseData {
        /** What a special file is. */
        public enum Kind {
            FIFO,
            SOCKET,
            CHARACTER_DEVICE,
            BLOCK_DEVICE
        }

        @Override
        public int tag() {
            return ReparseTags.NFS;
        }
    }
}
