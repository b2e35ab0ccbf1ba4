package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.EnumSource.Mode.INCLUDE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DirectoryEntryWriterTest {
    private static final String COMMON =
            "00000000 07000000" + Samples.FILE_TIMES + "45230000 00000000  00300000 00000000  20000000 06000000";
    private static final String FILE_ID = "88776655 44332211";
    private static final String FILE_ID_128 = FILE_ID + "00000000 00000000";
    private static final String SHORT_NAME = "0800" + Hex.utf16("AB~1") + "00".repeat(16);
    private static final String NAME = Hex.utf16("abc");

    static Stream<Arguments> goldenEntries() {
        return Stream.of(
                Arguments.of(FileInformationClass.DIRECTORY, COMMON + NAME),
                Arguments.of(FileInformationClass.FULL_DIRECTORY, COMMON + "17000000" + NAME),
                Arguments.of(FileInformationClass.BOTH_DIRECTORY, COMMON + "17000000" + SHORT_NAME + NAME),
                Arguments.of(FileInformationClass.NAMES, "00000000 07000000 06000000" + NAME),
                Arguments.of(
                        FileInformationClass.ID_BOTH_DIRECTORY,
                        COMMON + "17000000" + SHORT_NAME + "0000" + FILE_ID + NAME),
                Arguments.of(FileInformationClass.ID_FULL_DIRECTORY, COMMON + "17000000 00000000" + FILE_ID + NAME),
                Arguments.of(FileInformationClass.ID_EXTD_DIRECTORY, COMMON + "17000000 00000000" + FILE_ID_128 + NAME),
                Arguments.of(FileInformationClass.ID_64_EXTD_DIRECTORY, COMMON + "17000000 00000000" + FILE_ID + NAME),
                Arguments.of(
                        FileInformationClass.ID_64_EXTD_BOTH_DIRECTORY,
                        COMMON + "17000000 00000000" + FILE_ID + SHORT_NAME + NAME),
                Arguments.of(
                        FileInformationClass.ID_ALL_EXTD_DIRECTORY,
                        COMMON + "17000000 00000000" + FILE_ID + FILE_ID_128 + NAME),
                Arguments.of(
                        FileInformationClass.ID_ALL_EXTD_BOTH_DIRECTORY,
                        COMMON + "17000000 00000000" + FILE_ID + FILE_ID_128 + SHORT_NAME + NAME),
                Arguments.of(FileInformationClass.POSIX, "00000000 00000000" + Samples.POSIX_HEX + "06000000" + NAME));
    }

    @ParameterizedTest
    @MethodSource("goldenEntries")
    void anEntryHasTheLayoutOfItsLevel(FileInformationClass level, String golden) {
        ByteBuf out = Unpooled.buffer();
        DirectoryEntryWriter writer = new DirectoryEntryWriter(level, out, 1000);
        assertTrue(
                level == FileInformationClass.POSIX
                        ? writer.appendPosix("abc", Samples.POSIX)
                        : writer.append("abc", 7, Samples.FILE, "AB~1"));
        assertEquals(Hex.plain(golden), Hex.of(out));
        assertEquals(level.fileNameOffset() + 6, writer.length());
    }

    @Test
    void theGoldenEntriesCoverEveryDirectoryLevel() {
        List<Object> covered =
                goldenEntries().map(arguments -> arguments.get()[0]).toList();
        List<FileInformationClass> levels = Arrays.stream(FileInformationClass.values())
                .filter(FileInformationClass::isDirectory)
                .toList();
        assertTrue(covered.containsAll(levels) && levels.size() == covered.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = FileInformationClass.class,
            mode = INCLUDE,
            names = {"NAMES", "DIRECTORY", "BOTH_DIRECTORY", "ID_BOTH_DIRECTORY", "ID_ALL_EXTD_BOTH_DIRECTORY"})
    void entriesAreChainedOnEightByteBoundariesAndTheLastOneEndsWithItsName(FileInformationClass level) {
        List<String> names = List.of(".", "..", "a", "ab", "abc", "abcd", "\u00e4\uD83D\uDE00");
        ByteBuf out = Unpooled.buffer().writeZero(3); // the writer starts wherever the response body does
        DirectoryEntryWriter writer = new DirectoryEntryWriter(level, out, 4096);
        for (String name : names) {
            assertTrue(writer.append(name, 0, Samples.FILE));
        }
        List<String> read = new ArrayList<>();
        int at = 3;
        int next;
        do {
            next = out.getIntLE(at);
            assertEquals(0, (at - 3) % 8);
            int length = out.getIntLE(at + (level == FileInformationClass.NAMES ? 8 : 60));
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < length / 2; i++) {
                name.append((char) out.getShortLE(at + level.fileNameOffset() + 2 * i));
            }
            read.add(name.toString());
            assertEquals(next == 0, at + level.fileNameOffset() + length == out.writerIndex());
            at += next;
        } while (next != 0);
        assertEquals(names, read);
        assertEquals(names.size(), writer.count());
    }

    @Test
    void anEntryThatDoesNotFitLeavesNothingBehind() {
        for (int budget = 0; budget < 100; budget++) {
            ByteBuf out = Unpooled.buffer();
            DirectoryEntryWriter writer = new DirectoryEntryWriter(FileInformationClass.NAMES, out, budget);
            boolean first = writer.append("abc", 0, null); // 18 bytes, 24 with the gap
            boolean second = writer.append("abc", 0, null);
            assertEquals(budget >= 18, first);
            assertEquals(budget >= 24 + 18, second);
            assertEquals((first ? 1 : 0) + (second ? 1 : 0), writer.count());
            assertEquals(second ? 42 : first ? 18 : 0, writer.length());
            assertEquals(second ? 24 : 0, first ? out.getIntLE(0) : 0);
        }
    }

    @Test
    void aFirstEntryBeyondTheBudgetIsToldByACountOfZero() {
        DirectoryEntryWriter writer = new DirectoryEntryWriter(FileInformationClass.DIRECTORY, Unpooled.buffer(), 65);
        assertFalse(writer.append("a", 0, Samples.FILE));
        assertEquals(0, writer.count());
    }

    @Test
    void onlyTheLevelOfNamesDoesWithoutMetadata() {
        for (FileInformationClass level : FileInformationClass.values()) {
            assertEquals(level != FileInformationClass.NAMES, DirectoryEntryWriter.needsMetadata(level));
        }
    }

    @Test
    void aReparsePointShowsItsTagWhereOthersShowTheSizeOfTheirAttributes() {
        ByteBuf out = Unpooled.buffer();
        new DirectoryEntryWriter(FileInformationClass.FULL_DIRECTORY, out, 100).append("l", 0, Samples.LINK);
        assertEquals(0xA000000C, out.getIntLE(64));
        out.clear();
        new DirectoryEntryWriter(FileInformationClass.ID_64_EXTD_DIRECTORY, out, 100).append("l", 0, Samples.LINK);
        assertEquals(7, out.getIntLE(64));
        assertEquals(0xA000000C, out.getIntLE(68));
    }

    @Test
    void aLevelThatIsNoDirectoryLevelIsAMistakeOfTheCaller() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DirectoryEntryWriter(FileInformationClass.BASIC, Unpooled.buffer(), 100));
    }
}
