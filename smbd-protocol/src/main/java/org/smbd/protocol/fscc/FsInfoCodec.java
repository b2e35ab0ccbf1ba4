package org.smbd.protocol.fscc;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.WireWriter;

/**
 * The answers to QUERY_INFO with SMB2_0_INFO_FILESYSTEM. MS-FSCC 2.5 File System Information Classes; truncation as in
 * MS-FSA 2.1.5.13 Server Requests a Query of File System Information.
 */
public final class FsInfoCodec {
    private static final int VOLUME_FIXED_BYTES = 18;
    private static final int ATTRIBUTE_FIXED_BYTES = 12;
    private static final int EXTENDED_INFO_BYTES = 48;
    private static final int FILE_DEVICE_DISK = 7;
    private static final int FILE_READ_ONLY_DEVICE = 0x2;
    private static final int FILE_DEVICE_IS_MOUNTED = 0x20;
    private static final int SSINFO_FLAGS_ALIGNED_DEVICE = 0x1;
    private static final int SSINFO_FLAGS_PARTITION_ALIGNED_ON_DEVICE = 0x2;
    private static final int SSINFO_FLAGS_TRIM_ENABLED = 0x8;
    /** What FileFsSectorSizeInformation calls physical, where nothing better is known: today's disks. */
    private static final int PHYSICAL_SECTOR_BYTES = 4096;

    private FsInfoCodec() {}

    /**
     * Appends the answer.
     *
     * @param outputBufferLength the client's budget in bytes
     * @return SUCCESS, or BUFFER_OVERFLOW where the text at the end is cut
     * @throws org.smbd.core.status.SmbException INFO_LENGTH_MISMATCH where the budget is below the fixed part,
     *     NOT_SUPPORTED where the class is not answered; nothing is written then
     */
    public static NtStatus encode(FsInformationClass infoClass, FsFacts facts, int outputBufferLength, WireWriter out) {
        OutputBudget.requireFixedPart(outputBufferLength, infoClass.lengthMin());
        int begin = out.position();
        switch (infoClass) {
            case VOLUME -> {
                volume(facts, out);
                return OutputBudget.cut(out, begin, outputBufferLength, VOLUME_FIXED_BYTES);
            }
            case ATTRIBUTE -> {
                attribute(facts, out);
                return OutputBudget.cut(out, begin, outputBufferLength, ATTRIBUTE_FIXED_BYTES);
            }
            case SIZE -> size(facts, out);
            case DEVICE -> device(facts, out);
            case FULL_SIZE -> fullSize(facts, out);
            case OBJECT_ID -> objectId(facts, out);
            case SECTOR_SIZE -> sectorSize(facts, out);
            case POSIX -> posix(facts, out);
            case CONTROL, LABEL, DRIVER_PATH, VOLUME_FLAGS -> throw NtStatus.NOT_SUPPORTED.exception();
        }
        return NtStatus.SUCCESS;
    }

    /** MS-FSCC 2.5.9 FileFsVolumeInformation. */
    private static void volume(FsFacts facts, WireWriter out) {
        String label = facts.label();
        String shown = label.substring(0, Math.min(label.length(), FsFacts.LABEL_CHARS_MAX));
        out.i64(facts.creationTime()); // VolumeCreationTime
        out.i32(facts.serialNumber()); // VolumeSerialNumber
        out.i32(2 * shown.length()); // VolumeLabelLength
        out.u8(0); // SupportsObjects
        out.u8(0); // Reserved
        out.utf16(shown); // VolumeLabel
    }

    /** MS-FSCC 2.5.8 FileFsSizeInformation. */
    private static void size(FsFacts facts, WireWriter out) {
        out.i64(facts.totalUnits()); // TotalAllocationUnits
        out.i64(facts.callerAvailableUnits()); // AvailableAllocationUnits
        out.i32(facts.sectorsPerUnit()); // SectorsPerAllocationUnit
        out.i32(facts.bytesPerSector()); // BytesPerSector
    }

    /** MS-FSCC 2.5.10 FileFsDeviceInformation. */
    private static void device(FsFacts facts, WireWriter out) {
        out.i32(FILE_DEVICE_DISK); // DeviceType
        out.i32(FILE_DEVICE_IS_MOUNTED | (facts.readOnly() ? FILE_READ_ONLY_DEVICE : 0)); // Characteristics
    }

    /** MS-FSCC 2.5.1 FileFsAttributeInformation. */
    private static void attribute(FsFacts facts, WireWriter out) {
        int readOnly = facts.readOnly() ? FsAttributes.READ_ONLY_VOLUME : 0;
        out.i32(facts.attributes() | readOnly); // FileSystemAttributes
        out.i32(facts.componentNameLengthMax()); // MaximumComponentNameLength
        out.i32(2 * facts.fileSystemName().length()); // FileSystemNameLength
        out.utf16(facts.fileSystemName()); // FileSystemName
    }

    /** MS-FSCC 2.5.4 FileFsFullSizeInformation. */
    private static void fullSize(FsFacts facts, WireWriter out) {
        out.i64(facts.totalUnits()); // TotalAllocationUnits
        out.i64(facts.callerAvailableUnits()); // CallerAvailableAllocationUnits
        out.i64(facts.actualAvailableUnits()); // ActualAvailableAllocationUnits
        out.i32(facts.sectorsPerUnit()); // SectorsPerAllocationUnit
        out.i32(facts.bytesPerSector()); // BytesPerSector
    }

    /** MS-FSCC 2.5.6 FileFsObjectIdInformation, without extended information. */
    private static void objectId(FsFacts facts, WireWriter out) {
        out.guid(facts.objectId()); // ObjectId
        out.zeros(EXTENDED_INFO_BYTES); // ExtendedInfo
    }

    /** What {@code statvfs} shows, for the POSIX extensions of SMB 3.1.1. */
    private static void posix(FsFacts facts, WireWriter out) {
        out.i32(facts.bytesPerUnit()); // OptimalTransferSize
        out.i32(facts.bytesPerUnit()); // BlockSize
        out.i64(facts.totalUnits()); // TotalBlocks
        out.i64(facts.actualAvailableUnits()); // BlocksAvail
        out.i64(facts.callerAvailableUnits()); // UserBlocksAvail
        out.i64(facts.totalNodes()); // TotalFileNodes
        out.i64(facts.freeNodes()); // FreeFileNodes
        out.i64(facts.objectId().low()); // FileSysIdentifier
    }

    /** MS-FSCC 2.5.7 FileFsSectorSizeInformation. */
    private static void sectorSize(FsFacts facts, WireWriter out) {
        int physical = Math.max(facts.bytesPerSector(), Math.min(PHYSICAL_SECTOR_BYTES, facts.bytesPerUnit()));
        // A file system that has sparse files takes back what is trimmed: 2.3.13 FSCTL_FILE_LEVEL_TRIM Request.
        boolean trims = (facts.attributes() & FsAttributes.SUPPORTS_SPARSE_FILES) != 0;
        int trim = trims ? SSINFO_FLAGS_TRIM_ENABLED : 0;
        out.i32(facts.bytesPerSector()); // LogicalBytesPerSector
        out.i32(physical); // PhysicalBytesPerSectorForAtomicity
        out.i32(physical); // PhysicalBytesPerSectorForPerformance
        out.i32(physical); // FileSystemEffectivePhysicalBytesPerSectorForAtomicity
        out.i32(SSINFO_FLAGS_ALIGNED_DEVICE | SSINFO_FLAGS_PARTITION_ALIGNED_ON_DEVICE | trim); // Flags
        out.i32(0); // ByteOffsetForSectorAlignment
        out.i32(0); // ByteOffsetForPartitionAlignment
    }
}
