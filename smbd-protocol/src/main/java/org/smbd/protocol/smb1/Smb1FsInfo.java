package org.smbd.protocol.smb1;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.FsFacts;
import org.smbd.protocol.fscc.FsInfoCodec;
import org.smbd.protocol.fscc.FsInformationClass;
import org.smbd.protocol.wire.WireWriter;

/** What TRANS2_QUERY_FS_INFORMATION answers. MS-CIFS 2.2.8.2 QUERY_FS Information Levels. */
public final class Smb1FsInfo {
    private static final int ALLOCATION = 0x1;
    private static final int VOLUME = 0x2;
    private static final int VOLUME_INFO = 0x102;
    private static final int SIZE_INFO = 0x103;
    private static final int DEVICE_INFO = 0x104;
    private static final int ATTRIBUTE_INFO = 0x105;
    private static final int LABEL_CHARS_MAX = 11;

    private Smb1FsInfo() {}

    /**
     * Appends the answer.
     *
     * @throws org.smbd.core.status.SmbException INVALID_LEVEL where there is no such level
     */
    public static NtStatus encode(int level, FsFacts facts, int maxDataCount, Smb1Text text, WireWriter out) {
        switch (level) {
            case ALLOCATION -> allocation(facts, out);
            case VOLUME -> volume(facts, text, out);
            case VOLUME_INFO -> {
                return FsInfoCodec.encode(FsInformationClass.VOLUME, facts, maxDataCount, out);
            }
            case SIZE_INFO -> {
                return FsInfoCodec.encode(FsInformationClass.SIZE, facts, maxDataCount, out);
            }
            case DEVICE_INFO -> {
                return FsInfoCodec.encode(FsInformationClass.DEVICE, facts, maxDataCount, out);
            }
            case ATTRIBUTE_INFO -> {
                return FsInfoCodec.encode(FsInformationClass.ATTRIBUTE, facts, maxDataCount, out);
            }
            default -> {
                if (level <= Smb1FileInfo.PASS_THROUGH) {
                    throw NtStatus.INVALID_LEVEL.exception();
                }
                return FsInfoCodec.encode(
                        FsInformationClass.ofQuery(level - Smb1FileInfo.PASS_THROUGH), facts, maxDataCount, out);
            }
        }
        return NtStatus.SUCCESS;
    }

    /** MS-CIFS 2.2.8.2.1 SMB_INFO_ALLOCATION: units grow until their number fits. */
    private static void allocation(FsFacts facts, WireWriter out) {
        long total = facts.totalUnits();
        long free = facts.callerAvailableUnits();
        long sectors = facts.sectorsPerUnit();
        while (total > Integer.MAX_VALUE) {
            total /= 2;
            free /= 2;
            sectors *= 2;
        }
        out.i32(0); // idFileSystem
        out.i32((int) sectors); // cSectorUnit
        out.i32((int) total); // cUnit
        out.i32((int) free); // cUnitAvailable
        out.u16(facts.bytesPerSector()); // cbSector
    }

    /** MS-CIFS 2.2.8.2.2 SMB_INFO_VOLUME. */
    private static void volume(FsFacts facts, Smb1Text text, WireWriter out) {
        String label = facts.label().substring(0, Math.min(facts.label().length(), LABEL_CHARS_MAX));
        out.i32(facts.serialNumber()); // ulVolSerialNbr
        out.u8(text.length(label)); // cCharCount
        text.write(out, label); // VolumeLabel
    }
}
