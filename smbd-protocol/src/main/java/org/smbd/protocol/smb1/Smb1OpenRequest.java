package org.smbd.protocol.smb1;

import org.smbd.protocol.wire.WireReader;

/** Requests that open and close. */
public sealed interface Smb1OpenRequest {
    /**
     * MS-CIFS 2.2.4.64.1 SMB_COM_NT_CREATE_ANDX Request.
     *
     * @param rootDirectoryFid 0, or the open that {@code name} is relative to
     */
    record NtCreate(
            int flags,
            int rootDirectoryFid,
            int desiredAccess,
            long allocationSize,
            int fileAttributes,
            int shareAccess,
            int createDisposition,
            int createOptions,
            int impersonationLevel,
            String name)
            implements Smb1OpenRequest {
        public static final int REQUEST_OPLOCK = 0x2;
        public static final int REQUEST_OPBATCH = 0x4;
        public static final int OPEN_TARGET_DIR = 0x8;
        public static final int REQUEST_EXTENDED_RESPONSE = 0x10;

        public static NtCreate decode(Smb1Block block, Smb1Text text) {
            WireReader words = block.andxWords(24);
            words.skip(1); // Reserved
            int nameLength = words.u16();
            int flags = words.i32();
            int root = words.i32();
            int desiredAccess = words.i32();
            long allocationSize = words.i64();
            int attributes = words.i32();
            int shareAccess = words.i32();
            int disposition = words.i32();
            int options = words.i32();
            int impersonation = words.i32();
            String name = name(block.bytes(), text, nameLength);
            return new NtCreate(
                    flags,
                    root,
                    desiredAccess,
                    allocationSize,
                    attributes,
                    shareAccess,
                    disposition,
                    options,
                    impersonation,
                    name);
        }

        /** Clients disagree on whether NameLength counts the NUL, and some count too much. */
        private static String name(WireReader bytes, Smb1Text text, int nameLength) {
            if (text.unicode() && (bytes.position() & 1) != 0 && bytes.remaining() > 0) {
                bytes.skip(1);
            }
            return text.read(bytes, Math.min(nameLength, bytes.remaining()));
        }
    }

    /**
     * MS-CIFS 2.2.4.41.1 SMB_COM_OPEN_ANDX Request, 2.2.4.3.1 SMB_COM_OPEN Request.
     *
     * @param flags of the longer form
     * @param accessMode {@link DosOpen}
     * @param searchAttributes attributes that the file may have
     * @param fileAttributes of a file that is created
     * @param creationTime in seconds of the server's local time since 1970; 0 for now
     * @param openMode {@link DosOpen}
     * @param allocationSize in bytes
     */
    record Open(
            int flags,
            int accessMode,
            int searchAttributes,
            int fileAttributes,
            int creationTime,
            int openMode,
            int allocationSize,
            String name)
            implements Smb1OpenRequest {
        public static final int REQUEST_ATTRIBUTES = 0x1;
        public static final int REQUEST_OPLOCK = 0x2;
        public static final int REQUEST_OPBATCH = 0x4;
        public static final int REQUEST_EXTENDED_RESPONSE = 0x10;

        /** Reads SMB_COM_OPEN_ANDX. */
        public static Open decodeAndx(Smb1Block block, Smb1Text text) {
            return decode(block.andxWords(15), block.bytes(), text);
        }

        /** Reads the words of SMB_COM_OPEN_ANDX and TRANS2_OPEN2, and the name behind them. */
        public static Open decode(WireReader words, WireReader bytes, Smb1Text text) {
            int flags = words.u16();
            int accessMode = words.u16();
            int search = words.u16();
            int attributes = words.u16();
            int creationTime = words.i32();
            int openMode = words.u16();
            int allocationSize = words.i32();
            return new Open(
                    flags, accessMode, search, attributes, creationTime, openMode, allocationSize, text.read(bytes));
        }

        /** Reads SMB_COM_OPEN. */
        public static Open decodeCore(Smb1Block block, Smb1Text text) {
            WireReader words = block.words(2);
            int accessMode = words.u16();
            int search = words.u16();
            return new Open(0, accessMode, search, 0, 0, DosOpen.OPEN_EXISTING, 0, text.readFormatted(block.bytes()));
        }
    }

    /**
     * MS-CIFS 2.2.4.4.1 SMB_COM_CREATE, 2.2.4.16.1 SMB_COM_CREATE_NEW, 2.2.4.15.1 SMB_COM_CREATE_TEMPORARY Request.
     *
     * @param creationTime in seconds of the server's local time since 1970; 0 for now
     * @param name of the file, or of the directory of a temporary one
     */
    record Create(int fileAttributes, int creationTime, String name) implements Smb1OpenRequest {
        public static Create decode(Smb1Block block, Smb1Text text) {
            WireReader words = block.words(3);
            int attributes = words.u16();
            int creationTime = words.i32();
            return new Create(attributes, creationTime, text.readFormatted(block.bytes()));
        }
    }

    /**
     * MS-CIFS 2.2.4.5.1 SMB_COM_CLOSE Request.
     *
     * @param lastTimeModified in seconds of the server's local time since 1970; 0 and -1 leave it
     */
    record Close(int fid, int lastTimeModified) implements Smb1OpenRequest {
        public static Close decode(Smb1Block block) {
            WireReader words = block.words(3);
            int fid = words.u16();
            return new Close(fid, words.i32());
        }
    }
}
