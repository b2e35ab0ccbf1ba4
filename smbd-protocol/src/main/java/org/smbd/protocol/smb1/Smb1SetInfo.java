package org.smbd.protocol.smb1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FileInformationClass;
import org.smbd.protocol.fscc.SetFileInformation;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * What TRANS2_SET_PATH_INFORMATION and TRANS2_SET_FILE_INFORMATION ask for, where the layout differs from that of
 * MS-FSCC for SMB2. MS-CIFS 2.2.8.4 SET Information Levels.
 */
public final class Smb1SetInfo {
    public static final int STANDARD = 0x1;
    public static final int EAS = 0x2;

    private static final int RENAME = FileInformationClass.RENAME.level() + Smb1FileInfo.PASS_THROUGH;
    private static final int LINK = FileInformationClass.LINK.level() + Smb1FileInfo.PASS_THROUGH;

    private Smb1SetInfo() {}

    /** MS-CIFS 2.2.8.4.1 SMB_INFO_STANDARD: times as {@link DosTime} packs them, 0 leaves one. */
    public record Standard(int creation, int lastAccess, int lastWrite) {
        public static Standard decode(WireReader in) {
            return new Standard(in.i32(), in.i32(), in.i32());
        }
    }

    /**
     * MS-FSCC 2.4.42.1 FileRenameInformation for SMB, 2.4.28.1 FileLinkInformation.
     *
     * @param rootDirectory 0, or a FID
     * @param name a name beside the old one, or a path
     */
    public record Name(boolean replaceIfExists, int rootDirectory, String name) {
        public static Name decode(WireReader in, Smb1Text text) {
            boolean replace = in.u8() != 0; // ReplaceIfExists
            in.skip(3); // Reserved
            int root = in.i32(); // RootDirectory
            long length = in.u32(); // FileNameLength
            return new Name(replace, root, text.read(in, length));
        }
    }

    /** Whether {@link Name} is what a level has. */
    public static boolean isName(int level) {
        return level == RENAME || level == LINK;
    }

    /** Whether the level makes a link rather than a new name. */
    public static boolean isLink(int level) {
        return level == LINK;
    }

    /** The class of a level whose layout is that of MS-FSCC. */
    public static FileInformationClass infoClass(int level) {
        return switch (level) {
            case 0x101 -> FileInformationClass.BASIC;
            case 0x102 -> FileInformationClass.DISPOSITION;
            case 0x103 -> FileInformationClass.ALLOCATION;
            case 0x104 -> FileInformationClass.END_OF_FILE;
            default -> {
                if (level <= Smb1FileInfo.PASS_THROUGH) {
                    throw NtStatus.INVALID_LEVEL.exception();
                }
                yield FileInformationClass.ofSet(level - Smb1FileInfo.PASS_THROUGH);
            }
        };
    }

    /** Reads a level whose layout is that of MS-FSCC. */
    public static SetFileInformation decode(int level, WireReader in) {
        return SetFileInformation.decode(infoClass(level), in);
    }

    /** MS-CIFS 2.2.1.2.2.1 SMB_FEA_LIST. */
    public static List<ExtendedAttribute> eaList(WireReader in, Smb1Text text) {
        if (in.remaining() < Integer.BYTES) {
            return List.of();
        }
        long size = in.u32();
        if (size < Integer.BYTES) {
            return List.of();
        }
        WireReader list = in.subReader(Math.min(size - Integer.BYTES, in.remaining()));
        List<ExtendedAttribute> attributes = new ArrayList<>();
        while (list.remaining() > 0) {
            int flags = list.u8();
            int nameLength = list.u8();
            int valueLength = list.u16();
            String name = new String(list.bytes(nameLength), text.oem());
            if (list.u8() != 0 || name.isEmpty()) {
                throw MalformedMessage.of(NtStatus.EA_LIST_INCONSISTENT);
            }
            attributes.add(new ExtendedAttribute(flags, name, list.bytes(valueLength)));
        }
        return attributes;
    }

    /** MS-CIFS 2.2.1.2.1.1 SMB_GEA_LIST: the names of attributes that are asked for. */
    public static Optional<List<String>> eaNames(WireReader in, Smb1Text text) {
        if (in.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        long size = in.u32();
        if (size < Integer.BYTES || size - Integer.BYTES > in.remaining()) {
            return Optional.empty();
        }
        WireReader list = in.subReader(size - Integer.BYTES);
        List<String> names = new ArrayList<>();
        while (list.remaining() > 0) {
            names.add(new String(list.bytes(list.u8()), text.oem()));
            list.skip(1); // the NUL
        }
        return Optional.of(names);
    }
}
