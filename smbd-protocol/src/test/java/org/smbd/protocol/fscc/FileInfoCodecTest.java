package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.wire.WireWriter;

class FileInfoCodecTest {
    private static final String BASIC = Samples.FILE_TIMES + "20000000 00000000";
    private static final String STANDARD = "00300000 00000000  45230000 00000000  03000000 00 00 0000";
    private static final String FILE_ID = "88776655 44332211";
    private static final String STREAMS = "28000000 0e000000 45230000 00000000 00300000 00000000"
            + Hex.utf16("::$DATA") + "0000" + "00000000 10000000 05000000 00000000 08000000 00000000"
            + Hex.utf16(":x:$DATA");

    private static final FileFacts FACTS =
            Samples.facts(Samples.FILE, new StreamInfo("", 0x2345, 0x3000), new StreamInfo("x", 5, 8));

    static Stream<Arguments> goldenAnswers() {
        return Stream.of(
                Arguments.of(FileInformationClass.BASIC, BASIC),
                Arguments.of(FileInformationClass.STANDARD, STANDARD),
                Arguments.of(FileInformationClass.INTERNAL, FILE_ID),
                Arguments.of(FileInformationClass.EA, "17000000"),
                Arguments.of(FileInformationClass.ACCESS, "a9001200"),
                Arguments.of(FileInformationClass.POSITION, "99000000 00000000"),
                Arguments.of(FileInformationClass.MODE, "02000000"),
                Arguments.of(FileInformationClass.ALIGNMENT, "00000000"),
                Arguments.of(
                        FileInformationClass.ALL,
                        BASIC + STANDARD + FILE_ID
                                + "17000000 a9001200 99000000 00000000 02000000 00000000 0a000000"
                                + Hex.utf16("\\ab\\c")),
                Arguments.of(FileInformationClass.STREAM, STREAMS),
                Arguments.of(FileInformationClass.COMPRESSION, "00300000 00000000 0000 00 00 00 000000"),
                Arguments.of(
                        FileInformationClass.NETWORK_OPEN,
                        Samples.FILE_TIMES + "00300000 00000000 45230000 00000000 20000000 00000000"),
                Arguments.of(FileInformationClass.ATTRIBUTE_TAG, "20000000 00000000"),
                Arguments.of(FileInformationClass.NORMALIZED_NAME, "08000000" + Hex.utf16("ab\\c")),
                Arguments.of(FileInformationClass.ID, "11100f0e 0d0c0b0a" + FILE_ID + "00000000 00000000"),
                Arguments.of(FileInformationClass.POSIX, Samples.POSIX_HEX));
    }

    @ParameterizedTest
    @MethodSource("goldenAnswers")
    void anAnswerHasTheLayoutOfItsClass(FileInformationClass infoClass, String golden) {
        ByteBuf out = Unpooled.buffer();
        assertEquals(NtStatus.SUCCESS, FileInfoCodec.encode(infoClass, FACTS, 65536, new WireWriter(out)));
        assertEquals(Hex.plain(golden), Hex.of(out));
    }

    /** What smbtorture's smb2.getinfo.qfile_buffercheck asks, for every length of the buffer. */
    @ParameterizedTest
    @MethodSource("goldenAnswers")
    void aBufferBelowTheFixedPartIsRefusedAndOneBelowTheWholeIsFilled(FileInformationClass infoClass, String golden) {
        String whole = Hex.plain(golden);
        for (int length = 0; length <= whole.length() / 2; length++) {
            int budget = length;
            ByteBuf out = Unpooled.buffer();
            if (budget < infoClass.queryLengthMin()) {
                SmbException refusal = assertThrows(
                        SmbException.class, () -> FileInfoCodec.encode(infoClass, FACTS, budget, new WireWriter(out)));
                assertEquals(NtStatus.INFO_LENGTH_MISMATCH, refusal.status());
                assertEquals(0, out.readableBytes());
                continue;
            }
            NtStatus status = FileInfoCodec.encode(infoClass, FACTS, budget, new WireWriter(out));
            assertEquals(budget < whole.length() / 2 ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS, status);
            assertTrue(out.readableBytes() <= budget);
            if (infoClass != FileInformationClass.STREAM) {
                assertEquals(whole.substring(0, (budget & ~1) * 2), Hex.of(out));
            }
        }
    }

    @Test
    void onlyWholeStreamsAreListed() {
        ByteBuf out = Unpooled.buffer();
        assertEquals(
                NtStatus.BUFFER_OVERFLOW,
                FileInfoCodec.encode(FileInformationClass.STREAM, FACTS, 79, new WireWriter(out)));
        assertEquals(38, out.readableBytes());
        assertEquals(0, out.getIntLE(0), "the last one that fits ends the list");
        out.clear();
        assertEquals(
                NtStatus.BUFFER_OVERFLOW,
                FileInfoCodec.encode(FileInformationClass.STREAM, FACTS, 37, new WireWriter(out)));
        assertEquals(0, out.readableBytes());
    }

    @Test
    void aDirectoryHasNoStreamsAndAnEmptyAnswerIsASuccess() {
        ByteBuf out = Unpooled.buffer();
        assertEquals(
                NtStatus.SUCCESS,
                FileInfoCodec.encode(
                        FileInformationClass.STREAM, Samples.facts(Samples.DIRECTORY), 100, new WireWriter(out)));
        assertEquals(0, out.readableBytes());
    }

    @Test
    void directoryAndDeletePendingAreShown() {
        ByteBuf out = Unpooled.buffer();
        FileInfoCodec.encode(FileInformationClass.STANDARD, Samples.facts(Samples.DIRECTORY), 100, new WireWriter(out));
        assertEquals(1, out.getByte(20));
        assertEquals(1, out.getByte(21));
    }

    @Test
    void classesThatAreNotAnsweredForFilesAreNotSupported() {
        for (FileInformationClass infoClass :
                new FileInformationClass[] {FileInformationClass.PIPE, FileInformationClass.FULL_EA}) {
            SmbException refusal = assertThrows(
                    SmbException.class,
                    () -> FileInfoCodec.encode(infoClass, FACTS, 1000, new WireWriter(Unpooled.buffer())));
            assertEquals(NtStatus.NOT_SUPPORTED, refusal.status());
        }
    }

    @Test
    void aFileWithoutAShortNameHasNoAlternateName() {
        SmbException refusal = assertThrows(
                SmbException.class,
                () -> FileInfoCodec.encode(
                        FileInformationClass.ALTERNATE_NAME, FACTS, 100, new WireWriter(Unpooled.buffer())));
        assertEquals(NtStatus.OBJECT_NAME_NOT_FOUND, refusal.status());
    }
}
