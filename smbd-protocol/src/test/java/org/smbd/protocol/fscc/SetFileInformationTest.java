package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fscc.SetFileInformation.Allocation;
import org.smbd.protocol.fscc.SetFileInformation.Basic;
import org.smbd.protocol.fscc.SetFileInformation.Disposition;
import org.smbd.protocol.fscc.SetFileInformation.EndOfFile;
import org.smbd.protocol.fscc.SetFileInformation.FullEa;
import org.smbd.protocol.fscc.SetFileInformation.Link;
import org.smbd.protocol.fscc.SetFileInformation.Mode;
import org.smbd.protocol.fscc.SetFileInformation.Pipe;
import org.smbd.protocol.fscc.SetFileInformation.Position;
import org.smbd.protocol.fscc.SetFileInformation.Rename;
import org.smbd.protocol.fscc.SetFileInformation.ShortName;
import org.smbd.protocol.fscc.SetFileInformation.ValidDataLength;
import org.smbd.protocol.wire.MalformedMessage;

class SetFileInformationTest {
    private static final String ROOT = "00000000 00000000";
    private static final String NAME = "08000000" + Hex.utf16("d\\ef");

    static Stream<Arguments> goldenRequests() {
        return Stream.of(
                Arguments.of(
                        FileInformationClass.BASIC,
                        "01000000 0000d001 ffffffff ffffffff feffffff ffffffff 00000000 00000000 20000000 eeeeeeee",
                        new Basic(0x01D0_0000_0000_0001L, -1, -2, 0, 0x20)),
                Arguments.of(FileInformationClass.RENAME, "01 eeeeeeeeeeeeee" + ROOT + NAME, new Rename(1, "d\\ef")),
                Arguments.of(FileInformationClass.RENAME, "00 00000000000000" + ROOT + NAME, new Rename(0, "d\\ef")),
                Arguments.of(
                        FileInformationClass.RENAME_EX, "43000000 eeeeeeee" + ROOT + NAME, new Rename(0x43, "d\\ef")),
                Arguments.of(FileInformationClass.LINK, "01 eeeeeeeeeeeeee" + ROOT + NAME, new Link(true, "d\\ef")),
                Arguments.of(FileInformationClass.DISPOSITION, "01", new Disposition(1)),
                Arguments.of(FileInformationClass.DISPOSITION_EX, "13000000", new Disposition(0x13)),
                Arguments.of(FileInformationClass.POSITION, "00000000 01000000", new Position(1L << 32)),
                Arguments.of(FileInformationClass.MODE, "06000000", new Mode(6)),
                Arguments.of(FileInformationClass.ALLOCATION, "00000000 01000000", new Allocation(1L << 32)),
                Arguments.of(FileInformationClass.END_OF_FILE, "00000000 01000000", new EndOfFile(1L << 32)),
                Arguments.of(
                        FileInformationClass.VALID_DATA_LENGTH, "00000000 01000000", new ValidDataLength(1L << 32)),
                Arguments.of(FileInformationClass.SHORT_NAME, "06000000" + Hex.utf16("A~1"), new ShortName("A~1")),
                Arguments.of(FileInformationClass.PIPE, "01000000 00000000", new Pipe(1, 0)),
                Arguments.of(
                        FileInformationClass.FULL_EA,
                        "10000000 00 01 0300 41 00 010203 000000" + "00000000 80 02 0000 4243 00",
                        new FullEa(List.of(
                                new FullEaEntry(0, "A", new byte[] {1, 2, 3}),
                                new FullEaEntry(0x80, "BC", new byte[0])))));
    }

    @ParameterizedTest
    @MethodSource("goldenRequests")
    void aRequestIsReadByTheLayoutOfItsClass(FileInformationClass infoClass, String golden, Object expected) {
        assertEquals(expected, SetFileInformation.decode(infoClass, Hex.reader(golden)));
    }

    @ParameterizedTest
    @MethodSource("goldenRequests")
    void everyTruncationIsRefused(FileInformationClass infoClass, String golden, Object expected) {
        String whole = Hex.plain(golden);
        int needed = infoClass == FileInformationClass.BASIC ? 40 : whole.length() / 2;
        for (int length = 0; length < needed; length++) {
            String cut = whole.substring(0, 2 * length);
            NtStatus status = refusal(infoClass, cut);
            if (infoClass == FileInformationClass.FULL_EA) {
                assertEquals(NtStatus.EA_LIST_INCONSISTENT, status);
            } else {
                assertEquals(
                        length < infoClass.setLengthMin() ? NtStatus.INFO_LENGTH_MISMATCH : NtStatus.INVALID_PARAMETER,
                        status);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BASIC, fdffffffffffffff 0000000000000000 0000000000000000 0000000000000000 00000000 00000000",
        "POSITION, ffffffffffffffff",
        "ALLOCATION, ffffffffffffffff",
        "END_OF_FILE, 0000000000000080",
        "VALID_DATA_LENGTH, 0000000000000000",
        "MODE, 00100000",
        "MODE, 30000000",
        "PIPE, 02000000 00000000",
        "RENAME, 00 00000000000000 0100000000000000 02000000 6100",
        "RENAME, 00 00000000000000 0000000000000000 00000000 61006100",
        "RENAME, 00 00000000000000 0000000000000000 03000000 61006100",
        "RENAME, 00 00000000000000 0000000000000000 feffffff 61006100",
        "LINK, 00 00000000000000 0000000000000000 ffffff7f 61006100",
        "SHORT_NAME, 00000080 6100",
    })
    void valuesThatMeanNothingAreInvalid(FileInformationClass infoClass, String bytes) {
        assertEquals(NtStatus.INVALID_PARAMETER, refusal(infoClass, bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "08000000 00 01 0000 41 00 0000", // the second entry begins inside the first one's padding and is cut
        "04000000 00 01 0000 41 00 0000 00000000", // into itself
        "0a000000 00 01 0000 41 00 0000 00000000 00 01 0000 41 00", // not aligned
        "f8ffffff 00 01 0000 41 00 0000", // backwards
        "00000000 00 01 0000 41 41", // no terminator
        "00000000 00 01 ffff 41 00", // a value of 65,535 bytes that are not there
        "00000000 00 ff 0000 41 00",
    })
    void attributeListsThatLieAreInconsistent(String bytes) {
        assertEquals(NtStatus.EA_LIST_INCONSISTENT, refusal(FileInformationClass.FULL_EA, bytes));
    }

    @Test
    void aOneLetterNameWithoutPaddingIsTaken() {
        assertEquals(
                new Rename(0, "a"),
                SetFileInformation.decode(
                        FileInformationClass.RENAME, Hex.reader("00 00000000000000" + ROOT + "02000000 6100")));
    }

    @Test
    void attributeNamesThatCannotBeStoredAreInvalid() {
        for (char c : "\u0001\u001f\\/:*?\"<>|,+=[];".toCharArray()) {
            String entry = String.format("00000000 00 02 0000 41%02x 00", (int) c);
            assertEquals(NtStatus.INVALID_EA_NAME, refusal(FileInformationClass.FULL_EA, entry));
        }
        assertEquals(NtStatus.INVALID_EA_NAME, refusal(FileInformationClass.FULL_EA, "00000000 40 01 0000 41 00"));
        assertEquals(NtStatus.INVALID_EA_NAME, refusal(FileInformationClass.FULL_EA, "00000000 00 00 0000 00"));
    }

    @Test
    void flagsHaveNames() {
        assertTrue(new Rename(1, "a").replaceIfExists());
        assertFalse(new Rename(2, "a").replaceIfExists());
        assertTrue(new Disposition(1).deletePending());
        assertFalse(new Disposition(2).deletePending());
    }

    private static NtStatus refusal(FileInformationClass infoClass, String bytes) {
        return assertThrows(
                        MalformedMessage.class, () -> SetFileInformation.decode(infoClass, Hex.reader(bytes)), bytes)
                .status();
    }
}
