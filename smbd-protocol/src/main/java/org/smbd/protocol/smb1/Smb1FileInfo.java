package org.smbd.protocol.smb1;

import java.util.List;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FileFacts;
import org.smbd.protocol.fscc.FileInfoCodec;
import org.smbd.protocol.fscc.FileInformationClass;
import org.smbd.protocol.wire.WireWriter;

/**
 * What TRANS2_QUERY_PATH_INFORMATION and TRANS2_QUERY_FILE_INFORMATION answer. MS-CIFS 2.2.8.3 QUERY Information
 * Levels; MS-SMB 2.2.2.3.5 Pass-through Information Level Codes.
 */
public final class Smb1FileInfo {
    public static final int STANDARD = 0x1;
    public static final int EA_SIZE = 0x2;
    public static final int EAS_FROM_LIST = 0x3;
    public static final int ALL_EAS = 0x4;
    public static final int IS_NAME_VALID = 0x6;
    /** The levels from here on are those of NT. */
    public static final int NT_FIRST = 0x101;

    private static final int BASIC_INFO = 0x101;
    private static final int STANDARD_INFO = 0x102;
    private static final int EA_INFO = 0x103;
    private static final int NAME_INFO = 0x104;
    private static final int ALL_INFO = 0x107;
    private static final int ALT_NAME_INFO = 0x108;
    private static final int STREAM_INFO = 0x109;
    private static final int COMPRESSION_INFO = 0x10B;
    /** Above it: a FileInformationClass. */
    public static final int PASS_THROUGH = 1000;

    private static final int PASS_THROUGH_NAME = PASS_THROUGH + 9;
    private static final int PASS_THROUGH_ALL = PASS_THROUGH + 18;

    private Smb1FileInfo() {}

    /**
     * Appends the answer.
     *
     * @param path from the root of the share, with a leading backslash
     * @param maxDataCount most that the client takes, in bytes
     * @return SUCCESS, or BUFFER_OVERFLOW where a list is cut
     * @throws org.smbd.core.status.SmbException INVALID_LEVEL where there is no such level
     */
    public static NtStatus encode(
            int level, FileFacts facts, String path, int maxDataCount, Smb1Text text, DosTime time, WireWriter out) {
        switch (level) {
            case STANDARD -> standard(facts.metadata(), time, out);
            case EA_SIZE -> {
                standard(facts.metadata(), time, out);
                out.i32(eaSize(facts.metadata())); // EaSize
            }
            case NAME_INFO, PASS_THROUGH_NAME -> name(path, text, out);
            case ALL_INFO, PASS_THROUGH_ALL -> all(facts.metadata(), path, text, out);
            case ALT_NAME_INFO ->
                name(facts.alternateName().orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception), text, out);
            default -> {
                return FileInfoCodec.encode(infoClass(level), facts, maxDataCount, out);
            }
        }
        return NtStatus.SUCCESS;
    }

    private static FileInformationClass infoClass(int level) {
        return switch (level) {
            case BASIC_INFO -> FileInformationClass.BASIC;
            case STANDARD_INFO -> FileInformationClass.STANDARD;
            case EA_INFO -> FileInformationClass.EA;
            case STREAM_INFO -> FileInformationClass.STREAM;
            case COMPRESSION_INFO -> FileInformationClass.COMPRESSION;
            default -> {
                if (level <= PASS_THROUGH) {
                    throw NtStatus.INVALID_LEVEL.exception();
                }
                yield FileInformationClass.ofQuery(level - PASS_THROUGH);
            }
        };
    }

    /** MS-CIFS 2.2.8.3.1 SMB_INFO_STANDARD. */
    private static void standard(FileMetadata metadata, DosTime time, WireWriter out) {
        out.i32(time.toPacked(metadata.creationTime())); // CreationDate, CreationTime
        out.i32(time.toPacked(metadata.lastAccessTime())); // LastAccessDate, LastAccessTime
        out.i32(time.toPacked(metadata.lastWriteTime())); // LastWriteDate, LastWriteTime
        out.i32((int) metadata.endOfFile()); // FileDataSize
        out.i32((int) metadata.allocationSize()); // AllocationSize
        out.u16(metadata.attributes()); // Attributes
    }

    /**
     * MS-CIFS 2.2.8.3.10 SMB_QUERY_FILE_ALL_INFO. FileAllInformation that is passed through has this form, too, and not
     * that of MS-FSCC: raw.oplock.exclusive7 pins it.
     */
    private static void all(FileMetadata metadata, String path, Smb1Text text, WireWriter out) {
        basicAndStandard(metadata, out);
        out.i32(metadata.eaSize()); // EaSize
        name(path, text, out);
    }

    private static void basicAndStandard(FileMetadata metadata, WireWriter out) {
        out.i64(metadata.creationTime()); // CreationTime
        out.i64(metadata.lastAccessTime()); // LastAccessTime
        out.i64(metadata.lastWriteTime()); // LastWriteTime
        out.i64(metadata.changeTime()); // LastChangeTime
        out.i32(metadata.attributes()); // ExtFileAttributes
        out.i32(0); // Reserved1
        out.i64(metadata.allocationSize()); // AllocationSize
        out.i64(metadata.endOfFile()); // EndOfFile
        out.i32(metadata.numberOfLinks()); // NumberOfLinks
        out.u8(metadata.deletePending() ? 1 : 0); // DeletePending
        out.u8(metadata.isDirectory() ? 1 : 0); // Directory
        out.u16(0); // Reserved2
    }

    private static void name(String name, Smb1Text text, WireWriter out) {
        out.i32(text.length(name)); // FileNameLength
        text.writeUnterminated(out, name); // FileName
    }

    /** The list of an empty one counts its own length. */
    static int eaSize(FileMetadata metadata) {
        return Math.max(metadata.eaSize(), Integer.BYTES);
    }

    /** MS-CIFS 2.2.1.2.2.1 SMB_FEA_LIST. */
    public static void eaList(List<ExtendedAttribute> attributes, Smb1Text text, WireWriter out) {
        int start = out.position();
        out.i32(0);
        for (ExtendedAttribute attribute : attributes) {
            byte[] name = attribute.name().getBytes(text.oem());
            out.u8(attribute.flags()); // ExtendedAttributeFlag
            out.u8(name.length); // AttributeNameLengthInBytes
            out.u16(attribute.value().length); // AttributeValueLengthInBytes
            out.bytes(name); // AttributeName
            out.u8(0);
            out.bytes(attribute.value()); // AttributeValue
        }
        out.patchI32(start, out.position() - start); // SizeOfListInBytes
    }

    /** How long {@link #eaList} is, in bytes. */
    public static int eaListBytes(List<ExtendedAttribute> attributes, Smb1Text text) {
        return Integer.BYTES
                + attributes.stream()
                        .mapToInt(attribute ->
                                5 + attribute.name().getBytes(text.oem()).length + attribute.value().length)
                        .sum();
    }
}
