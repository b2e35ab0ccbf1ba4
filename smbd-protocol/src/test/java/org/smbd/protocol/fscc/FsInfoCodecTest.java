package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.WireWriter;

class FsInfoCodecTest {
    private static final FsFacts FACTS = facts("share", false);

    private static FsFacts facts(String label, boolean readOnly) {
        return new FsFacts(
                label,
                0xCAFEBABE,
                0x01D0_0000_0000_0001L,
                FsAttributes.CASE_PRESERVED_NAMES | FsAttributes.UNICODE_ON_DISK,
                255,
                "NTFS",
                new Guid(0x0807_0605_0403_0201L, 0x100F_0E0D_0C0B_0A09L),
                1000,
                300,
                400,
                8,
                512,
                readOnly,
                5000,
                4000);
    }

    static Stream<Arguments> goldenAnswers() {
        return Stream.of(
                Arguments.of(
                        FsInformationClass.VOLUME, "01000000 0000d001 bebafeca 0a000000 00 00" + Hex.utf16("share")),
                Arguments.of(
                        FsInformationClass.POSIX,
                        "00100000 00100000 e803000000000000 9001000000000000 2c01000000000000"
                                + "8813000000000000 a00f000000000000 0102030405060708"),
                Arguments.of(FsInformationClass.SIZE, "e8030000 00000000 2c010000 00000000 08000000 00020000"),
                Arguments.of(FsInformationClass.DEVICE, "07000000 20000000"),
                Arguments.of(FsInformationClass.ATTRIBUTE, "06000000 ff000000 08000000" + Hex.utf16("NTFS")),
                Arguments.of(
                        FsInformationClass.FULL_SIZE,
                        "e8030000 00000000 2c010000 00000000 90010000 00000000 08000000 00020000"),
                Arguments.of(FsInformationClass.OBJECT_ID, "01020304 05060708 090a0b0c 0d0e0f10" + "00".repeat(48)),
                Arguments.of(
                        FsInformationClass.SECTOR_SIZE,
                        "00020000 00100000 00100000 00100000 03000000 00000000 00000000"));
    }

    @ParameterizedTest
    @MethodSource("goldenAnswers")
    void anAnswerHasTheLayoutOfItsClassAtEveryLengthOfTheBuffer(FsInformationClass infoClass, String golden) {
        String whole = Hex.plain(golden);
        for (int length = 0; length <= whole.length() / 2; length++) {
            int budget = length;
            ByteBuf out = Unpooled.buffer();
            if (budget < infoClass.lengthMin()) {
                SmbException refusal = assertThrows(
                        SmbException.class, () -> FsInfoCodec.encode(infoClass, FACTS, budget, new WireWriter(out)));
                assertEquals(NtStatus.INFO_LENGTH_MISMATCH, refusal.status());
                assertEquals(0, out.readableBytes());
                continue;
            }
            NtStatus status = FsInfoCodec.encode(infoClass, FACTS, budget, new WireWriter(out));
            assertEquals(budget < whole.length() / 2 ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS, status);
            assertEquals(whole.substring(0, (budget & ~1) * 2), Hex.of(out));
        }
    }

    @Test
    void aReadOnlyVolumeSaysSo() {
        ByteBuf out = Unpooled.buffer();
        FsInfoCodec.encode(FsInformationClass.ATTRIBUTE, facts("", true), 100, new WireWriter(out));
        assertEquals(0x80006, out.getIntLE(0));
        out.clear();
        FsInfoCodec.encode(FsInformationClass.DEVICE, facts("", true), 100, new WireWriter(out));
        assertEquals(0x22, out.getIntLE(4));
    }

    @Test
    void aLongLabelIsShownByItsFirst32Characters() {
        ByteBuf out = Unpooled.buffer();
        NtStatus status =
                FsInfoCodec.encode(FsInformationClass.VOLUME, facts("x".repeat(40), false), 1000, new WireWriter(out));
        assertEquals(NtStatus.SUCCESS, status);
        assertEquals(64, out.getIntLE(12));
        assertEquals(18 + 64, out.readableBytes());
    }

    @Test
    void quotaControlIsNotSupportedUntilThereAreQuotas() {
        SmbException refusal = assertThrows(
                SmbException.class,
                () -> FsInfoCodec.encode(FsInformationClass.CONTROL, FACTS, 100, new WireWriter(Unpooled.buffer())));
        assertEquals(NtStatus.NOT_SUPPORTED, refusal.status());
    }
}
