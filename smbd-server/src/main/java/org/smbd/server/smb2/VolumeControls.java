package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.IntegrityInformation;
import org.smbd.protocol.fsctl.NtfsVolumeData;
import org.smbd.server.pipeline.Reply;
import org.smbd.vfs.VolumeFacts;

/** MS-FSCC 2.3.21 FSCTL_GET_NTFS_VOLUME_DATA Request, and the controls on checksums: 2.3.19, 2.3.73. */
final class VolumeControls {
    private VolumeControls() {}

    static Reply ntfsVolumeData(FsctlCall call) {
        call.requireOutput(NtfsVolumeData.SIZE_BYTES, NtStatus.BUFFER_TOO_SMALL);
        VolumeFacts facts = call.file().files().queryVolume(call.open());
        NtfsVolumeData data = new NtfsVolumeData(
                Integer.toUnsignedLong(facts.serialNumber()),
                facts.totalUnits(),
                facts.actualAvailableUnits(),
                Math.max(0, facts.actualAvailableUnits() - facts.callerAvailableUnits()),
                facts.bytesPerSector(),
                bytesPerCluster(facts));
        return call.answer(NtfsVolumeData.SIZE_BYTES, data::encode);
    }

    private static int bytesPerCluster(VolumeFacts facts) {
        return facts.bytesPerSector() * facts.sectorsPerUnit();
    }

    static Reply getIntegrity(FsctlCall call) {
        call.requireOutput(IntegrityInformation.OUTPUT_BYTES, NtStatus.INVALID_PARAMETER);
        boolean checksummed = call.controls().integrity().isChecksummed(call.open());
        IntegrityInformation information = new IntegrityInformation(
                checksummed ? IntegrityInformation.CHECKSUM_TYPE_CRC32 : IntegrityInformation.CHECKSUM_TYPE_NONE, 0);
        int bytesPerCluster = bytesPerCluster(call.file().files().queryVolume(call.open()));
        return call.answer(IntegrityInformation.OUTPUT_BYTES, out -> information.encodeOutput(bytesPerCluster, out));
    }

    /** That a wrong checksum be ignored is more than a host can be told: NOT_SUPPORTED. */
    static Reply setIntegrity(FsctlCall call) {
        IntegrityInformation input = IntegrityInformation.decode(call.input());
        boolean now = call.controls().integrity().isChecksummed(call.open());
        if (input.flags() != 0) {
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        boolean wanted = input.checksumAlgorithm() == IntegrityInformation.CHECKSUM_TYPE_UNCHANGED
                ? now
                : input.checksumAlgorithm() != IntegrityInformation.CHECKSUM_TYPE_NONE;
        call.controls().integrity().setChecksummed(call.open(), wanted);
        return call.done();
    }
}
