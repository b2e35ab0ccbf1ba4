package org.smbd.protocol.fscc;

import java.util.List;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * What a SET_INFO request with SMB2_0_INFO_FILE asks for. MS-FSCC 2.4 File Information Classes, the SMB2 layouts; the
 * checks of values are those of MS-FSA 2.1.5.15 that need no knowledge of the file.
 */
public sealed interface SetFileInformation {
    /**
     * MS-FSCC 2.4.7 FileBasicInformation. Times are ticks, or one of the marks of {@link org.smbd.core.type.FileTime}.
     *
     * @param attributes 0 leaves them as they are
     */
    record Basic(long creationTime, long lastAccessTime, long lastWriteTime, long changeTime, int attributes)
            implements SetFileInformation {
        private static Basic decode(WireReader in) {
            return new Basic(time(in), time(in), time(in), time(in), in.i32());
        }

        /** The least valid time is the mark THAW, -2. */
        private static long time(WireReader in) {
            return atLeast(-2, in.i64());
        }
    }

    /**
     * MS-FSCC 2.4.42.2 FileRenameInformation for SMB2 and 2.4.43 FileRenameInformationEx.
     *
     * @param flags of the Ex form; ReplaceIfExists of the older one is the same bit
     * @param fileName the new path from the root of the share, not checked
     */
    record Rename(int flags, String fileName) implements SetFileInformation {
        public static final int REPLACE_IF_EXISTS = 0x1;
        public static final int POSIX_SEMANTICS = 0x2;
        public static final int IGNORE_READONLY_ATTRIBUTE = 0x40;

        public boolean replaceIfExists() {
            return (flags & REPLACE_IF_EXISTS) != 0;
        }

        private static Rename decode(WireReader in) {
            int replace = in.u8() != 0 ? REPLACE_IF_EXISTS : 0; // ReplaceIfExists
            in.skip(7); // Reserved
            return new Rename(replace, targetName(in));
        }

        private static Rename decodeEx(WireReader in) {
            int flags = in.i32(); // Flags
            in.skip(4); // Reserved
            return new Rename(flags, targetName(in));
        }
    }

    /**
     * MS-FSCC 2.4.28.2 FileLinkInformation for the SMB2 Protocol.
     *
     * @param fileName the path of the new link from the root of the share, not checked
     */
    record Link(boolean replaceIfExists, String fileName) implements SetFileInformation {
        private static Link decode(WireReader in) {
            boolean replace = in.u8() != 0; // ReplaceIfExists
            in.skip(7); // Reserved
            return new Link(replace, targetName(in));
        }
    }

    /** MS-FSCC 2.4.11 FileDispositionInformation and, with more flags, 2.4.12 FileDispositionInformationEx. */
    record Disposition(int flags) implements SetFileInformation {
        public static final int DELETE = 0x1;
        public static final int POSIX_SEMANTICS = 0x2;
        public static final int FORCE_IMAGE_SECTION_CHECK = 0x4;
        public static final int ON_CLOSE = 0x8;
        public static final int IGNORE_READONLY_ATTRIBUTE = 0x10;

        public boolean deletePending() {
            return (flags & DELETE) != 0;
        }
    }

    /** MS-FSCC 2.4.40 FilePositionInformation, in bytes. */
    record Position(long currentByteOffset) implements SetFileInformation {}

    /** MS-FSCC 2.4.31 FileModeInformation: a set of {@link CreateOptions}. */
    record Mode(int mode) implements SetFileInformation {
        private static final int SYNCHRONOUS =
                CreateOptions.SYNCHRONOUS_IO_ALERT | CreateOptions.SYNCHRONOUS_IO_NONALERT;
        private static final int SETTABLE = CreateOptions.WRITE_THROUGH | CreateOptions.SEQUENTIAL_ONLY | SYNCHRONOUS;

        private static Mode decode(WireReader in) {
            int mode = in.i32();
            if ((mode & ~SETTABLE) != 0 || (mode & SYNCHRONOUS) == SYNCHRONOUS) {
                throw MalformedMessage.invalidParameter();
            }
            return new Mode(mode);
        }
    }

    /** MS-FSCC 2.4.4 FileAllocationInformation, in bytes. */
    record Allocation(long allocationSize) implements SetFileInformation {}

    /** MS-FSCC 2.4.14 FileEndOfFileInformation, in bytes. */
    record EndOfFile(long endOfFile) implements SetFileInformation {}

    /** MS-FSCC 2.4.50 FileValidDataLengthInformation, in bytes. */
    record ValidDataLength(long validDataLength) implements SetFileInformation {}

    /** MS-FSCC 2.4.46 FileShortNameInformation; an empty name removes the short name. */
    record ShortName(String name) implements SetFileInformation {}

    /** MS-FSCC 2.4.16 FileFullEaInformation; an entry with an empty value removes that attribute. */
    record FullEa(List<FullEaEntry> entries) implements SetFileInformation {
        public FullEa {
            entries = List.copyOf(entries);
        }
    }

    /**
     * MS-FSCC 2.4.37 FilePipeInformation.
     *
     * @param readMode 0 for a stream of bytes, 1 for messages
     * @param completionMode 0 where operations wait, 1 where they do not
     */
    record Pipe(int readMode, int completionMode) implements SetFileInformation {
        private static Pipe decode(WireReader in) {
            int readMode = in.i32(); // ReadMode
            int completionMode = in.i32(); // CompletionMode
            if ((readMode | completionMode) >>> 1 != 0) {
                throw MalformedMessage.invalidParameter();
            }
            return new Pipe(readMode, completionMode);
        }
    }

    /**
     * Decodes the buffer of a request.
     *
     * @param infoClass from {@link FileInformationClass#ofSet}
     * @throws MalformedMessage INFO_LENGTH_MISMATCH where the buffer is too short for the class, EA_LIST_INCONSISTENT
     *     for a broken attribute list, else INVALID_PARAMETER
     */
    static SetFileInformation decode(FileInformationClass infoClass, WireReader in) {
        if (in.remaining() < infoClass.setLengthMin()) {
            throw MalformedMessage.of(NtStatus.INFO_LENGTH_MISMATCH);
        }
        return switch (infoClass) {
            case BASIC -> Basic.decode(in);
            case RENAME -> Rename.decode(in);
            case RENAME_EX -> Rename.decodeEx(in);
            case LINK -> Link.decode(in);
            case DISPOSITION -> new Disposition(in.u8() != 0 ? Disposition.DELETE : 0);
            case DISPOSITION_EX -> new Disposition(in.i32());
            case POSITION -> new Position(atLeast(0, in.i64()));
            case MODE -> Mode.decode(in);
            case ALLOCATION -> new Allocation(atLeast(0, in.i64()));
            case END_OF_FILE -> new EndOfFile(atLeast(0, in.i64()));
            case VALID_DATA_LENGTH -> new ValidDataLength(atLeast(1, in.i64()));
            case SHORT_NAME -> new ShortName(in.utf16(in.u32()));
            case FULL_EA -> new FullEa(FullEaEntry.decodeList(in));
            case PIPE -> Pipe.decode(in);
            default -> throw new IllegalArgumentException(infoClass + " cannot be set");
        };
    }

    private static long atLeast(long least, long value) {
        if (value < least) {
            throw MalformedMessage.invalidParameter();
        }
        return value;
    }

    /** RootDirectory, which is zero over the network, FileNameLength and FileName, which is not empty. */
    private static String targetName(WireReader in) {
        long rootDirectory = in.i64(); // RootDirectory
        long fileNameLength = in.u32(); // FileNameLength
        if (rootDirectory != 0 || fileNameLength == 0) {
            throw MalformedMessage.invalidParameter();
        }
        return in.utf16(fileNameLength); // FileName
    }
}
