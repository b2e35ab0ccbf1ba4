package org.smbd.protocol.fsctl;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-FSCC 2.3.22 FSCTL_GET_NTFS_VOLUME_DATA Reply. Of a master file table there is none here: its fields are zero.
 *
 * @param volumeSerialNumber 64 bits
 * @param totalClusters clusters of the volume
 * @param freeClusters free ones
 * @param reservedClusters free ones that ordinary users do not get
 * @param bytesPerSector of a logical sector
 * @param bytesPerCluster of an allocation unit
 */
public record NtfsVolumeData(
        long volumeSerialNumber,
        long totalClusters,
        long freeClusters,
        long reservedClusters,
        int bytesPerSector,
        int bytesPerCluster) {
    public static final int SIZE_BYTES = 96;

    /** What NTFS has. */
    private static final int BYTES_PER_FILE_RECORD = 1024;

    public static NtfsVolumeData decode(WireReader in) {
        long serial = in.i64();
        in.skip(8); // NumberSectors
        NtfsVolumeData data = new NtfsVolumeData(serial, in.i64(), in.i64(), in.i64(), in.i32(), in.i32());
        in.skip(48); // BytesPerFileRecordSegment and all behind it
        return data;
    }

    public void encode(WireWriter out) {
        out.i64(volumeSerialNumber);
        out.i64(totalClusters * (bytesPerCluster / bytesPerSector)); // NumberSectors
        out.i64(totalClusters);
        out.i64(freeClusters);
        out.i64(reservedClusters); // TotalReserved
        out.i32(bytesPerSector);
        out.i32(bytesPerCluster);
        out.i32(BYTES_PER_FILE_RECORD); // BytesPerFileRecordSegment
        out.i32(0); // ClustersPerFileRecordSegment: a record is less than a cluster
        out.i64(0); // MftValidDataLength
        out.i64(0); // MftStartLcn
        out.i64(0); // Mft2StartLcn
        out.i64(0); // MftZoneStart
        out.i64(0); // MftZoneEnd
    }
}
