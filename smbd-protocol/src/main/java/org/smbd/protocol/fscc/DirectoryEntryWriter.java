package org.smbd.protocol.fscc;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import java.util.Optional;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.PosixMetadata;
import org.smbd.protocol.wire.WireWriter;

/**
 * Appends directory entries of one information class to a buffer until the client's budget is used up. MS-FSCC 2.4.8
 * FileBothDirectoryInformation and its relatives; all of them are this frame with parts left out:
 *
 * <pre>
 * NextEntryOffset FileIndex [4 times, EndOfFile, AllocationSize, FileAttributes] FileNameLength
 *   [EaSize] [ReparsePointTag] [FileId] [FileId128] [ShortNameLength, ShortName] [FileId] FileName
 * </pre>
 *
 * <p>Entries begin on 8-byte boundaries counted from the first one. The gap is written with the entry that needs it, so
 * that there is none behind the last. Not thread-safe; the buffer stays the caller's.
 */
public final class DirectoryEntryWriter {
    private static final int ALIGNMENT = 8;
    private static final int SHORT_NAME_BYTES = 24;
    private static final int SHORT_NAME_CHARS_MAX = 12;

    private final FileInformationClass level;
    private final Optional<Charset> codePage;
    private final ByteBuf buffer;
    private final WireWriter out;
    private final int outputBufferLength;
    private int last = -1;
    private int count;

    /**
     * Entries go to the buffer from its writer index on.
     *
     * @param level a class for which {@link FileInformationClass#isDirectory} holds
     * @param outputBufferLength the budget in bytes
     */
    public DirectoryEntryWriter(FileInformationClass level, ByteBuf buffer, int outputBufferLength) {
        this(level, buffer, outputBufferLength, Optional.empty());
    }

    /**
     * As above, for clients that do not read UTF-16LE.
     *
     * @param codePage what names are written in; empty: UTF-16LE
     */
    public DirectoryEntryWriter(
            FileInformationClass level, ByteBuf buffer, int outputBufferLength, Optional<Charset> codePage) {
        if (!level.isDirectory()) {
            throw new IllegalArgumentException(level + " is no directory level");
        }
        this.level = level;
        this.codePage = codePage;
        this.buffer = buffer;
        this.out = new WireWriter(buffer);
        this.outputBufferLength = outputBufferLength;
    }

    /** Whether entries of this level show more than a name, so that a file's metadata has to be read for them. */
    public static boolean needsMetadata(FileInformationClass level) {
        return level != FileInformationClass.NAMES;
    }

    /** Whether this level's entries need metadata. */
    public boolean needsMetadata() {
        return needsMetadata(level);
    }

    /** Whether this level's entries show 8.3 names. */
    public boolean needsShortName() {
        return switch (level) {
            case BOTH_DIRECTORY, ID_BOTH_DIRECTORY, ID_64_EXTD_BOTH_DIRECTORY, ID_ALL_EXTD_BOTH_DIRECTORY -> true;
            default -> false;
        };
    }

    /** {@link #append(String, int, FileMetadata, String)} of a file without a short name. */
    public boolean append(String name, int fileIndex, FileMetadata metadata) {
        return append(name, fileIndex, metadata, "");
    }

    /**
     * Appends an entry, if there is room for the whole of it.
     *
     * @param fileIndex 0, or a number by which the client may resume the enumeration
     * @param metadata not looked at (may be null) where the level shows only names
     * @param shortName at most 12 characters; empty for none
     * @return false, with nothing written, where it does not fit
     */
    public boolean append(String name, int fileIndex, FileMetadata metadata, String shortName) {
        if (!begin(name, fileIndex)) {
            return false;
        }
        if (level == FileInformationClass.NAMES) {
            out.i32(bytes(name)); // FileNameLength
        } else {
            writeCommon(name, metadata);
            writeTail(metadata, shortName);
        }
        text(name); // FileName
        return true;
    }

    /** Appends an entry of {@link FileInformationClass#POSIX}, as {@link #append} does of the other levels. */
    public boolean appendPosix(String name, PosixMetadata metadata) {
        if (!begin(name, 0)) {
            return false;
        }
        PosixInfoCodec.encode(metadata, out);
        out.i32(bytes(name)); // FileNameLength
        text(name); // FileName
        return true;
    }

    /** Writes what all entries begin with, if there is room for the whole of this one. */
    private boolean begin(String name, int fileIndex) {
        int begin = (out.position() + ALIGNMENT - 1) & -ALIGNMENT;
        long end = begin + (long) level.fileNameOffset() + bytes(name);
        if (end > outputBufferLength) {
            return false;
        }
        buffer.ensureWritable((int) end - out.position());
        if (last >= 0) {
            out.align(ALIGNMENT);
            out.patchI32(last, begin - last); // NextEntryOffset
        }
        last = begin;
        count++;
        out.i32(0); // NextEntryOffset, patched by the next entry
        out.i32(fileIndex); // FileIndex
        return true;
    }

    private void writeCommon(String name, FileMetadata metadata) {
        out.i64(metadata.creationTime()); // CreationTime
        out.i64(metadata.lastAccessTime()); // LastAccessTime
        out.i64(metadata.lastWriteTime()); // LastWriteTime
        out.i64(metadata.changeTime()); // ChangeTime
        out.i64(metadata.endOfFile()); // EndOfFile
        out.i64(metadata.allocationSize()); // AllocationSize
        out.i32(metadata.attributes()); // FileAttributes
        out.i32(bytes(name)); // FileNameLength
    }

    private void writeTail(FileMetadata metadata, String shortName) {
        switch (level) {
            case DIRECTORY -> {}
            case FULL_DIRECTORY -> out.i32(eaSizeOrTag(metadata)); // EaSize
            case BOTH_DIRECTORY -> {
                out.i32(eaSizeOrTag(metadata)); // EaSize
                writeShortName(shortName);
            }
            case ID_BOTH_DIRECTORY -> {
                out.i32(eaSizeOrTag(metadata)); // EaSize
                writeShortName(shortName);
                out.u16(0); // Reserved2
                out.i64(metadata.fileId()); // FileId
            }
            case ID_FULL_DIRECTORY -> {
                out.i32(eaSizeOrTag(metadata)); // EaSize
                out.i32(0); // Reserved
                out.i64(metadata.fileId()); // FileId
            }
            case ID_EXTD_DIRECTORY -> {
                writeEaSizeAndTag(metadata);
                writeFileId128(metadata);
            }
            case ID_64_EXTD_DIRECTORY -> {
                writeEaSizeAndTag(metadata);
                out.i64(metadata.fileId()); // FileId
            }
            case ID_64_EXTD_BOTH_DIRECTORY -> {
                writeEaSizeAndTag(metadata);
                out.i64(metadata.fileId()); // FileId
                writeShortName(shortName);
            }
            case ID_ALL_EXTD_DIRECTORY -> {
                writeEaSizeAndTag(metadata);
                out.i64(metadata.fileId()); // FileId
                writeFileId128(metadata);
            }
            case ID_ALL_EXTD_BOTH_DIRECTORY -> {
                writeEaSizeAndTag(metadata);
                out.i64(metadata.fileId()); // FileId
                writeFileId128(metadata);
                writeShortName(shortName);
            }
            default -> throw new AssertionError(level);
        }
    }

    /** The older levels have one field for two things: a reparse point shows its tag where others show EaSize. */
    private static int eaSizeOrTag(FileMetadata metadata) {
        return FileAttributes.has(metadata.attributes(), FileAttributes.REPARSE_POINT)
                ? metadata.reparseTag()
                : metadata.eaSize();
    }

    private void writeEaSizeAndTag(FileMetadata metadata) {
        out.i32(metadata.eaSize()); // EaSize
        out.i32(metadata.reparseTag()); // ReparsePointTag
    }

    /** MS-FSCC 2.1.10 128-bit file ID: our 64-bit ids, extended by zeros. */
    private void writeFileId128(FileMetadata metadata) {
        out.i64(metadata.fileId()); // FileId128
        out.i64(0);
    }

    private int bytes(String text) {
        return codePage.map(charset -> text.getBytes(charset).length).orElse(2 * text.length());
    }

    private void text(String text) {
        if (codePage.isPresent()) {
            out.bytes(text.getBytes(codePage.get()));
        } else {
            out.utf16(text);
        }
    }

    private void writeShortName(String shortName) {
        if (shortName.length() > SHORT_NAME_CHARS_MAX) {
            throw new IllegalArgumentException("no 8.3 name: " + shortName);
        }
        out.u8(bytes(shortName)); // ShortNameLength
        out.u8(0); // Reserved1
        text(shortName); // ShortName
        out.zeros(SHORT_NAME_BYTES - bytes(shortName));
    }

    /** How many entries have been appended; after a refused first one, this is 0: the budget was too small for it. */
    public int count() {
        return count;
    }

    /** Bytes written so far. */
    public int length() {
        return out.position();
    }
}
