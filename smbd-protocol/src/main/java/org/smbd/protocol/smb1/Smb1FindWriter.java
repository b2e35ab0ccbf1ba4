package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.DirectoryEntryWriter;
import org.smbd.protocol.fscc.FileInformationClass;
import org.smbd.protocol.wire.WireWriter;

/**
 * Appends entries of a search to a buffer until the client's budget is used up. MS-CIFS 2.2.8.1 FIND Information
 * Levels. Not thread-safe; the buffer stays the caller's.
 */
public final class Smb1FindWriter {
    public static final int STANDARD = 0x1;
    public static final int EA_SIZE = 0x2;
    public static final int EAS_FROM_LIST = 0x3;

    private static final int STANDARD_FIXED_BYTES = 22;
    private static final int NAME_LENGTH_MAX = 0xFF;

    private final int level;
    private final boolean resumeKeys;
    private final ByteBuf buffer;
    private final int budget;
    private final Smb1Text text;
    private final DosTime time;
    private final WireWriter out;
    private final Optional<DirectoryEntryWriter> entries;
    private int count;
    private int lastEntryAt;

    /** An entry. */
    public record Entry(
            String name, String shortName, FileMetadata metadata, int resumeKey, List<ExtendedAttribute> attributes) {}

    /**
     * Entries go to the buffer from its writer index on.
     *
     * @param resumeKeys whether the older levels begin with a resume key
     * @param budget in bytes
     * @throws org.smbd.core.status.SmbException INVALID_LEVEL where there is no such level
     */
    public Smb1FindWriter(int level, boolean resumeKeys, ByteBuf buffer, int budget, Smb1Text text, DosTime time) {
        this.level = level;
        this.resumeKeys = resumeKeys;
        this.buffer = buffer;
        this.budget = budget;
        this.text = text;
        this.time = time;
        this.out = new WireWriter(buffer);
        this.entries = infoClass(level)
                .map(infoClass -> new DirectoryEntryWriter(
                        infoClass, buffer, budget, text.unicode() ? Optional.empty() : Optional.of(text.oem())));
    }

    private static Optional<FileInformationClass> infoClass(int level) {
        return switch (level) {
            case STANDARD, EA_SIZE, EAS_FROM_LIST -> Optional.empty();
            case 0x101 -> Optional.of(FileInformationClass.DIRECTORY);
            case 0x102 -> Optional.of(FileInformationClass.FULL_DIRECTORY);
            case 0x103 -> Optional.of(FileInformationClass.NAMES);
            case 0x104 -> Optional.of(FileInformationClass.BOTH_DIRECTORY);
            case 0x105 -> Optional.of(FileInformationClass.ID_FULL_DIRECTORY);
            case 0x106 -> Optional.of(FileInformationClass.ID_BOTH_DIRECTORY);
            default -> throw NtStatus.INVALID_LEVEL.exception();
        };
    }

    /** Appends an entry, if there is room for the whole of it. */
    public boolean append(Entry entry) {
        int begin = out.position();
        if (entries.isPresent()) {
            if (!entries.get().append(entry.name(), entry.resumeKey(), entry.metadata(), entry.shortName())) {
                return false;
            }
            lastEntryAt = begin + 7 & -8;
            count++;
            return true;
        }
        int nameLength = text.length(entry.name());
        int attributes = level == EAS_FROM_LIST ? Smb1FileInfo.eaListBytes(entry.attributes(), text) : 0;
        int bytesMax = 2 * Integer.BYTES + STANDARD_FIXED_BYTES + attributes + 1 + 1 + nameLength + 2;
        if (nameLength > NAME_LENGTH_MAX || begin + bytesMax > budget) {
            return nameLength > NAME_LENGTH_MAX; // such a client cannot be told of it
        }
        buffer.ensureWritable(bytesMax);
        writeOld(entry, nameLength);
        lastEntryAt = begin;
        count++;
        return true;
    }

    private void writeOld(Entry entry, int nameLength) {
        FileMetadata metadata = entry.metadata();
        if (resumeKeys) {
            out.i32(entry.resumeKey()); // ResumeKey
        }
        out.i32(time.toPacked(metadata.creationTime())); // CreationDate, CreationTime
        out.i32(time.toPacked(metadata.lastAccessTime())); // LastAccessDate, LastAccessTime
        out.i32(time.toPacked(metadata.lastWriteTime())); // LastWriteDate, LastWriteTime
        out.i32((int) metadata.endOfFile()); // DataSize
        out.i32((int) metadata.allocationSize()); // AllocationSize
        out.u16(metadata.attributes()); // Attributes
        if (level == EA_SIZE) {
            out.i32(Smb1FileInfo.eaSize(metadata)); // EaSize
        } else if (level == EAS_FROM_LIST) {
            Smb1FileInfo.eaList(entry.attributes(), text, out); // ExtendedAttributeList
        }
        out.u8(nameLength); // FileNameLength
        if (level == STANDARD) {
            text.align(out);
        }
        text.writeUnterminated(out, entry.name()); // FileName
        out.zeros(level == STANDARD && text.unicode() ? 2 : 1);
    }

    /** How many entries have been appended. */
    public int count() {
        return count;
    }

    /** Where the last entry begins, counted from the first. */
    public int lastEntryAt() {
        return lastEntryAt;
    }
}
