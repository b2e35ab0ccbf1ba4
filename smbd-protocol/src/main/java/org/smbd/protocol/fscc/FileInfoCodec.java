package org.smbd.protocol.fscc;

import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.WireWriter;

/**
 * The answers to QUERY_INFO with SMB2_0_INFO_FILE. MS-FSCC 2.4 File Information Classes; the truncation rules of MS-FSA
 * 2.1.5.12 Server Requests a Query of File Information. What is set is decoded by {@link SetFileInformation}.
 */
public final class FileInfoCodec {
    /** MS-FSCC 2.1.7 FILE_NAME_INFORMATION: offset of FileName. */
    private static final int ALL_PADDING_BYTES = 4;

    private static final int NAME_FIXED_BYTES = 4;
    /** MS-FSCC 2.4.3: FILE_BYTE_ALIGNMENT, no requirement. */
    private static final int FILE_BYTE_ALIGNMENT = 0;

    private static final int COMPRESSION_FORMAT_NONE = 0;

    private FileInfoCodec() {}

    /**
     * Appends the answer.
     *
     * @param outputBufferLength the client's budget in bytes
     * @return SUCCESS, or BUFFER_OVERFLOW where a part of the variable data had to be left out
     * @throws org.smbd.core.status.SmbException INFO_LENGTH_MISMATCH where the budget is below the fixed part,
     *     NOT_SUPPORTED where the class is not answered for a file; nothing is written then
     */
    public static NtStatus encode(
            FileInformationClass infoClass, FileFacts facts, int outputBufferLength, WireWriter out) {
        OutputBudget.requireFixedPart(outputBufferLength, infoClass.queryLengthMin());
        return switch (infoClass) {
            case ALL -> all(facts, outputBufferLength, out);
            case STREAM -> StreamInfoCodec.encode(facts.streams(), outputBufferLength, out);
            case NORMALIZED_NAME -> name(facts.normalizedName(), outputBufferLength, out);
            case ALTERNATE_NAME ->
                name(
                        facts.alternateName().orElseThrow(NtStatus.OBJECT_NAME_NOT_FOUND::exception),
                        outputBufferLength,
                        out);
            default -> {
                fixed(infoClass, facts, out);
                yield NtStatus.SUCCESS;
            }
        };
    }

    private static void fixed(FileInformationClass infoClass, FileFacts facts, WireWriter out) {
        switch (infoClass) {
            case BASIC -> basic(facts.metadata(), out);
            case STANDARD -> standard(facts.metadata(), out);
            case INTERNAL -> out.i64(facts.metadata().fileId()); // IndexNumber
            case EA -> out.i32(facts.metadata().eaSize()); // EaSize
            case ACCESS -> out.i32(facts.grantedAccess()); // AccessFlags
            case POSITION -> out.i64(facts.currentByteOffset()); // CurrentByteOffset
            case MODE -> out.i32(facts.mode()); // Mode
            case ALIGNMENT -> out.i32(FILE_BYTE_ALIGNMENT); // AlignmentRequirement
            case COMPRESSION -> compression(facts.metadata(), out);
            case NETWORK_OPEN -> networkOpen(facts.metadata(), out);
            case ATTRIBUTE_TAG -> attributeTag(facts.metadata(), out);
            case ID -> id(facts.metadata(), out);
            case POSIX -> PosixInfoCodec.encode(facts.posix(), out);
            default -> throw NtStatus.NOT_SUPPORTED.exception();
        }
    }

    /** MS-FSCC 2.4.7 FileBasicInformation. */
    private static void basic(FileMetadata metadata, WireWriter out) {
        times(metadata, out);
        out.i32(metadata.attributes()); // FileAttributes
        out.i32(0); // Reserved
    }

    private static void times(FileMetadata metadata, WireWriter out) {
        out.i64(metadata.creationTime()); // CreationTime
        out.i64(metadata.lastAccessTime()); // LastAccessTime
        out.i64(metadata.lastWriteTime()); // LastWriteTime
        out.i64(metadata.changeTime()); // ChangeTime
    }

    /** MS-FSCC 2.4.47 FileStandardInformation. */
    private static void standard(FileMetadata metadata, WireWriter out) {
        out.i64(metadata.allocationSize()); // AllocationSize
        out.i64(metadata.endOfFile()); // EndOfFile
        out.i32(metadata.numberOfLinks()); // NumberOfLinks
        out.u8(metadata.deletePending() ? 1 : 0); // DeletePending
        out.u8(metadata.isDirectory() ? 1 : 0); // Directory
        out.u16(0); // Reserved
    }

    /**
     * MS-FSCC 2.4.2 FileAllInformation, with the path as Windows tells it up to Server 2012 R2: MS-SMB2 3.3.5.20.1,
     * note 420; smb2.oplock.batch19 pins it. It has at least the whole length of Windows' structure, which ends with
     * the first unit of the name and pads it: Linux refuses the 100 bytes up to the name.
     */
    private static NtStatus all(FileFacts facts, int outputBufferLength, WireWriter out) {
        int begin = out.position();
        FileMetadata metadata = facts.metadata();
        basic(metadata, out);
        standard(metadata, out);
        out.i64(metadata.fileId()); // InternalInformation
        out.i32(metadata.eaSize()); // EaInformation
        out.i32(facts.grantedAccess()); // AccessInformation
        out.i64(facts.currentByteOffset()); // PositionInformation
        out.i32(facts.mode()); // ModeInformation
        out.i32(FILE_BYTE_ALIGNMENT); // AlignmentInformation
        String path = "\\" + facts.normalizedName();
        out.i32(2 * path.length()); // NameInformation.FileNameLength
        out.utf16(path); // NameInformation.FileName
        out.zeros(Math.max(0, ALL_PADDING_BYTES - 2 * path.length()));
        return OutputBudget.cut(out, begin, outputBufferLength, FileInformationClass.ALL.queryLengthMin());
    }

    /** MS-FSCC 2.4.9 FileCompressionInformation of a file that is not compressed. */
    private static void compression(FileMetadata metadata, WireWriter out) {
        out.i64(metadata.isDirectory() ? 0 : metadata.allocationSize()); // CompressedFileSize
        out.u16(COMPRESSION_FORMAT_NONE); // CompressionFormat
        out.zeros(6); // CompressionUnitShift, ChunkShift, ClusterShift, Reserved
    }

    /** MS-FSCC 2.4.34 FileNetworkOpenInformation. */
    private static void networkOpen(FileMetadata metadata, WireWriter out) {
        times(metadata, out);
        out.i64(metadata.allocationSize()); // AllocationSize
        out.i64(metadata.endOfFile()); // EndOfFile
        out.i32(metadata.attributes()); // FileAttributes
        out.i32(0); // Reserved
    }

    /** MS-FSCC 2.4.6 FileAttributeTagInformation. */
    private static void attributeTag(FileMetadata metadata, WireWriter out) {
        out.i32(metadata.attributes()); // FileAttributes
        out.i32(metadata.reparseTag()); // ReparseTag
    }

    /** MS-FSCC 2.4.26 FileIdInformation; the 128-bit id is the 64-bit one, extended by zeros. */
    private static void id(FileMetadata metadata, WireWriter out) {
        out.i64(metadata.volumeId()); // VolumeSerialNumber
        out.i64(metadata.fileId()); // FileId
        out.i64(0);
    }

    /** MS-FSCC 2.1.7 FILE_NAME_INFORMATION: the length is the whole name's, even where the name is cut. */
    private static NtStatus name(String name, int outputBufferLength, WireWriter out) {
        int begin = out.position();
        out.i32(2 * name.length()); // FileNameLength
        out.utf16(name); // FileName
        return OutputBudget.cut(out, begin, outputBufferLength, NAME_FIXED_BYTES);
    }
}
