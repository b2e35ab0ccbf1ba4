package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/** Requests about names. Paths are as sent. */
public sealed interface Smb1PathRequest {
    /**
     * MS-CIFS 2.2.4.1 SMB_COM_CREATE_DIRECTORY, 2.2.4.2 SMB_COM_DELETE_DIRECTORY, 2.2.4.17 SMB_COM_CHECK_DIRECTORY,
     * 2.2.4.9 SMB_COM_QUERY_INFORMATION: a path alone.
     */
    record Path(String path) implements Smb1PathRequest {
        public static Path decode(Smb1Block block, Smb1Text text) {
            block.words(0);
            return new Path(text.readFormatted(block.bytes()));
        }
    }

    /** MS-CIFS 2.2.4.7.1 SMB_COM_DELETE Request. */
    record Delete(int searchAttributes, String path) implements Smb1PathRequest {
        public static Delete decode(Smb1Block block, Smb1Text text) {
            int attributes = block.words(1).u16();
            return new Delete(attributes, text.readFormatted(block.bytes()));
        }
    }

    /**
     * MS-CIFS 2.2.4.8.1 SMB_COM_RENAME, 2.2.4.66.1 SMB_COM_NT_RENAME Request.
     *
     * @param informationLevel {@link #RENAME} in the older form
     */
    record Rename(int searchAttributes, int informationLevel, String oldPath, String newPath)
            implements Smb1PathRequest {
        public static final int MOVE_CLUSTER = 0x102;
        public static final int LINK = 0x103;
        public static final int RENAME = 0x104;
        public static final int COPY = 0x105;

        /** Reads SMB_COM_RENAME. */
        public static Rename decode(Smb1Block block, Smb1Text text) {
            int attributes = block.words(1).u16();
            WireReader bytes = block.bytes();
            String oldPath = text.readFormatted(bytes);
            return new Rename(attributes, RENAME, oldPath, text.readFormatted(bytes));
        }

        /** Reads SMB_COM_NT_RENAME. */
        public static Rename decodeNt(Smb1Block block, Smb1Text text) {
            WireReader words = block.words(4);
            int attributes = words.u16();
            int level = words.u16();
            WireReader bytes = block.bytes();
            String oldPath = text.readFormatted(bytes);
            return new Rename(attributes, level, oldPath, text.readFormatted(bytes));
        }
    }

    /**
     * MS-CIFS 2.2.4.10.1 SMB_COM_SET_INFORMATION Request.
     *
     * @param lastWriteTime in seconds of the server's local time since 1970; 0 and -1 leave it
     */
    record SetInformation(int attributes, int lastWriteTime, String path) implements Smb1PathRequest {
        public static SetInformation decode(Smb1Block block, Smb1Text text) {
            WireReader words = block.words(8);
            int attributes = words.u16();
            int time = words.i32();
            return new SetInformation(attributes, time, text.readFormatted(block.bytes()));
        }
    }

    /** MS-CIFS 2.2.4.30.1 SMB_COM_SET_INFORMATION2 Request: times as {@link DosTime} packs them, 0 leaves one. */
    record SetInformation2(int fid, int creation, int lastAccess, int lastWrite) implements Smb1PathRequest {
        public static SetInformation2 decode(Smb1Block block) {
            WireReader words = block.words(7);
            int fid = words.u16();
            int creation = words.i32();
            int lastAccess = words.i32();
            return new SetInformation2(fid, creation, lastAccess, words.i32());
        }
    }

    /**
     * MS-CIFS 2.2.4.58.1 SMB_COM_SEARCH, 2.2.4.59 SMB_COM_FIND, 2.2.4.60 SMB_COM_FIND_UNIQUE, 2.2.4.61
     * SMB_COM_FIND_CLOSE Request.
     *
     * @param resumeKey of the last entry that the client has; empty to begin
     */
    record Search(int maxCount, int searchAttributes, String path, ByteBuf resumeKey) implements Smb1PathRequest {
        public static final int RESUME_KEY_BYTES = 21;
        private static final int BUFFER_FORMAT_VARIABLE = 0x05;

        public static Search decode(Smb1Block block, Smb1Text text) {
            WireReader words = block.words(2);
            int count = words.u16();
            int attributes = words.u16();
            WireReader bytes = block.bytes();
            String path = text.readFormatted(bytes);
            if (bytes.u8() != BUFFER_FORMAT_VARIABLE) {
                throw MalformedMessage.invalidParameter();
            }
            int keyLength = bytes.u16();
            if (keyLength != 0 && keyLength != RESUME_KEY_BYTES) {
                throw MalformedMessage.invalidParameter();
            }
            return new Search(count, attributes, path, bytes.slice(keyLength));
        }
    }

    /** MS-CIFS 2.2.4.35.1 SMB_COM_COPY and 2.2.4.36.1 SMB_COM_MOVE Request. */
    record Copy(int tid2, int openFunction, int flags, String source, String target) implements Smb1PathRequest {
        public static Copy decode(Smb1Block block, Smb1Text text) {
            WireReader words = block.words(3);
            int tid2 = words.u16();
            int openFunction = words.u16();
            int flags = words.u16();
            WireReader bytes = block.bytes();
            String source = text.readFormatted(bytes);
            return new Copy(tid2, openFunction, flags, source, text.readFormatted(bytes));
        }
    }
}
