package org.smbd.protocol.smb1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.smb1.Smb1Vector.OEM;
import static org.smbd.protocol.smb1.Smb1Vector.UNICODE;
import static org.smbd.protocol.smb1.Smb1Vector.oem;
import static org.smbd.protocol.smb1.Smb1Vector.utf16;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.Hex;

class Smb1ResponseTest {
    private static final FileMetadata METADATA = new FileMetadata(1, 2, 3, 4, 4096, 5, 0x20, 1, false, 9, 8, 0, 0);
    private static final String NO_ANDX = "ff 00 0000 ";

    private static void assertBytes(String expected, Smb1Response response, boolean andx, Smb1Text text) {
        assertEquals(
                Hex.digits(Hex.bytes(expected)),
                Hex.written(Smb1Header.SIZE_BYTES, out -> Smb1Response.encode(response, andx, out, text)));
    }

    @Test
    void negotiateOffersAChallengeAndNames() {
        Smb1Response response = new Smb1SessionResponse.Negotiate(
                5,
                0x7,
                50,
                0x4104,
                0,
                0xF3FD,
                0x0102030405060708L,
                -120,
                new Smb1SessionResponse.Challenge(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "W", "S"));
        String expected = "11 0500 07 3200 0100 04410000 00000000 00000000 fdf30000 0807060504030201 88ff 08 | 1000"
                + "0102030405060708" + utf16("W") + utf16("S");
        assertBytes(expected, response, false, UNICODE);
    }

    @Test
    void negotiateWithExtendedSecurityOffersAToken() {
        Smb1Response response = new Smb1SessionResponse.Negotiate(
                0, 0x3, 50, 0x4104, 0, 0x8000F3FD, 0, 0, new Smb1SessionResponse.Token(Guid.ZERO, new byte[] {7}));
        String expected = "11 0000 03 3200 0100 04410000 00000000 00000000 fdf30080 0000000000000000 0000 00 | 1100"
                + "00".repeat(16) + "07";
        assertBytes(expected, response, false, UNICODE);
    }

    @Test
    void olderDialectsGetShorterAnswers() {
        assertBytes("01 0000 0000", new Smb1SessionResponse.NegotiateCore(0), false, OEM);
        assertBytes(
                "0d 0100 0300 0441 3200 0100 0000 00000000 0100 0200 0000 0100 0000 | 0300 09" + oem("W"),
                new Smb1SessionResponse.NegotiateLanman(1, 3, 0x4104, 50, 0, 0x0001_0002, 0, new byte[] {9}, "W"),
                false,
                OEM);
    }

    @Test
    void aBreakIsALockingRequestOfTheServer() {
        assertBytes("08" + NO_ANDX + "3412 02 01 00000000 0000 0000 | 0000", new OplockBreak(0x1234, 1), true, OEM);
    }

    @Test
    void sessionSetupNamesTheServer() {
        assertBytes(
                "03" + NO_ANDX + "0100 | 0d00 00" + utf16("U") + utf16("L") + utf16("W"),
                new Smb1SessionResponse.SessionSetup(1, null, "U", "L", "W"),
                true,
                UNICODE);
        assertBytes(
                "04" + NO_ANDX + "0000 0100 | 0700 07" + oem("U") + oem("L") + oem("W"),
                new Smb1SessionResponse.SessionSetup(0, new byte[] {7}, "U", "L", "W"),
                true,
                OEM);
    }

    @Test
    void treeConnectTellsServiceAndFileSystem() {
        assertBytes(
                "03" + NO_ANDX + "0100 | 0700" + oem("A:") + utf16("N"),
                new Smb1SessionResponse.TreeConnect(1, null, "A:", "N"),
                true,
                UNICODE);
        assertBytes(
                "07" + NO_ANDX + "0100 ff011f00 00000000 | 0500" + oem("A:") + oem("N"),
                new Smb1SessionResponse.TreeConnect(1, new Smb1SessionResponse.Rights(0x1F01FF, 0), "A:", "N"),
                true,
                OEM);
        assertBytes("02 0441 0100 0000", new Smb1SessionResponse.TreeConnectCore(0x4104, 1), false, OEM);
    }

    @Test
    void ntCreateTellsWhatWasOpened() {
        String times = "0100000000000000 0200000000000000 0300000000000000 0400000000000000";
        String facts = times + "20000000 0010000000000000 0500000000000000 0000 0700 00";
        assertBytes(
                "22" + NO_ANDX + "00 0140 02000000" + facts + "0000",
                new Smb1OpenResponse.NtCreate(0, 0x4001, 2, METADATA, Smb1OpenResponse.Resource.DISK, null),
                true,
                UNICODE);
        assertBytes(
                "32" + NO_ANDX + "00 0140 02000000" + facts + "00".repeat(16)
                        + "0900000000000000 01000000 00000000 0000",
                new Smb1OpenResponse.NtCreate(
                        0,
                        0x4001,
                        2,
                        METADATA,
                        Smb1OpenResponse.Resource.DISK,
                        new Smb1OpenResponse.Extension(Guid.ZERO, 1, 0)),
                true,
                UNICODE);
    }

    @Test
    void olderOpensTellLess() {
        assertBytes(
                "0f" + NO_ANDX + "0140 2000 07000000 05000000 0200 0000 0000 0200 00000000 0000 0000",
                new Smb1OpenResponse.OpenAndx(
                        0x4001,
                        METADATA,
                        7,
                        2,
                        Smb1OpenResponse.Resource.DISK,
                        Smb1OpenResponse.OpenAndx.CREATED,
                        null),
                true,
                UNICODE);
        assertBytes(
                "07 0140 2000 07000000 05000000 0200 0000",
                new Smb1OpenResponse.Open(0x4001, METADATA, 7, 2),
                false,
                UNICODE);
        assertBytes("01 0140 0000", new Smb1OpenResponse.Create(0x4001, null), false, UNICODE);
        assertBytes("01 0140 0300 04" + oem("T"), new Smb1OpenResponse.Create(0x4001, "T"), false, UNICODE);
    }

    @Test
    void dataOfReadsIsWhereTheWordsSay() {
        ByteBuf data = Hex.bytes("616263");
        assertBytes(
                "0c" + NO_ANDX + "ffff 0000 0000 0300 3c00 0000 0000000000000000 | 0400 00 616263",
                new Smb1DataResponse.ReadAndx(data),
                true,
                UNICODE);
        assertBytes("05 0300 0000000000000000 | 0600 01 0300 616263", new Smb1DataResponse.Read(data), false, OEM);
    }

    @Test
    void writesTellTheirCount() {
        assertBytes("06" + NO_ANDX + "0200 ffff 0100 0000 0000", new Smb1DataResponse.WriteAndx(0x10002), true, OEM);
        assertBytes("01 0200 0000", new Smb1DataResponse.Count(2), false, OEM);
        assertBytes("02 02000000 0000", new Smb1DataResponse.Seek(2), false, OEM);
    }

    @Test
    void namesAndVolumesAreTold() {
        assertBytes(
                "0a 2000 07000000 05000000 00000000000000000000 0000",
                new Smb1PathResponse.QueryInformation(METADATA, 7),
                false,
                OEM);
        assertBytes(
                "05 e803 0200 0002 0500 0000 0000",
                new Smb1PathResponse.QueryInformationDisk(1000, 2, 512, 5),
                false,
                OEM);
        assertBytes("01 0100 0500 05 0200 6162", new Smb1PathResponse.Search(1, Hex.bytes("6162")), false, OEM);
        assertBytes("01 0100 0100 61", new Smb1SessionResponse.Echo(1, Hex.bytes("61")), false, OEM);
    }

    @Test
    void disksAreShownInUnitsThatFit() {
        assertEquals(
                new Smb1PathResponse.QueryInformationDisk(50_000, 16, 512, 25_000),
                Smb1PathResponse.QueryInformationDisk.of(100_000, 50_000, 8, 512));
        assertEquals(
                new Smb1PathResponse.QueryInformationDisk(0xFFFF, 32_768, 512, 0xFFFF),
                Smb1PathResponse.QueryInformationDisk.of(1L << 40, 1L << 40, 8, 512));
    }

    @Test
    void transactionsAlignParametersAndData() {
        TransactionResponse response = new TransactionResponse(
                false,
                Unpooled.EMPTY_BUFFER,
                new TransactionResponse.Totals(2, 3),
                Hex.bytes("0102"),
                0,
                Hex.bytes("616263"),
                0);
        assertBytes(
                "0a 0200 0300 0000 0200 3800 0000 0300 3c00 0000 00 00 | 0800 00 0102 0000 616263",
                response,
                false,
                UNICODE);
        TransactionResponse nt = new TransactionResponse(
                true,
                Unpooled.EMPTY_BUFFER,
                new TransactionResponse.Totals(2, 9),
                Hex.bytes("0102"),
                0,
                Hex.bytes("616263"),
                6);
        assertBytes(
                "12 000000 02000000 09000000 02000000 48000000 00000000 03000000 4c000000 06000000 00 | 0800 00 0102 0000"
                        + "616263",
                nt,
                false,
                UNICODE);
    }
}
