package org.smbd.protocol.smb1;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.smbd.protocol.smb1.Smb1Vector.OEM;
import static org.smbd.protocol.smb1.Smb1Vector.UNICODE;
import static org.smbd.protocol.smb1.Smb1Vector.oem;
import static org.smbd.protocol.smb1.Smb1Vector.utf16;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.MalformedMessage;

class Smb1RequestTest {
    private static final String NO_ANDX = "ff 00 0000 ";

    private static Smb1Vector vector(
            String name, int wordCount, String words, String bytes, Function<Smb1Block, ?> decode, Object means) {
        return new Smb1Vector(name, wordCount, words, bytes, (block, text) -> decode.apply(block), means);
    }

    private static Smb1Vector text(
            String name,
            int wordCount,
            String words,
            String bytes,
            BiFunction<Smb1Block, Smb1Text, ?> decode,
            Object means) {
        return new Smb1Vector(name, wordCount, words, bytes, decode, means);
    }

    static List<Smb1Vector> vectors() {
        return List.of(
                text(
                        "TREE_CONNECT_ANDX",
                        4,
                        NO_ANDX + "0800 0100",
                        "00" + utf16("\\\\S\\D") + oem("?????"),
                        Smb1SessionRequest.TreeConnect::decodeAndx,
                        new Smb1SessionRequest.TreeConnect(8, "\\\\S\\D", "?????")),
                text(
                        "TREE_CONNECT",
                        0,
                        "",
                        "04" + oem("\\\\S\\D") + "04" + oem("") + "04" + oem("A:"),
                        Smb1SessionRequest.TreeConnect::decodeCore,
                        new Smb1SessionRequest.TreeConnect(0, "\\\\S\\D", "A:")),
                text(
                        "NT_CREATE_ANDX",
                        24,
                        NO_ANDX + "00 0600 16000000 00000000 9f011200 0010000000000000 80000000 07000000 03000000"
                                + "40000000 02000000 03",
                        "00" + utf16("\\ab"),
                        Smb1OpenRequest.NtCreate::decode,
                        new Smb1OpenRequest.NtCreate(0x16, 0, 0x12019F, 4096, 0x80, 7, 3, 0x40, 2, "\\ab")),
                text(
                        "OPEN_ANDX",
                        15,
                        NO_ANDX + "0100 4200 0600 2000 785634 12 1100 00100000 00000000 00000000",
                        "00" + utf16("\\ab"),
                        Smb1OpenRequest.Open::decodeAndx,
                        new Smb1OpenRequest.Open(1, 0x42, 6, 0x20, 0x12345678, 0x11, 4096, "\\ab")),
                text(
                        "OPEN",
                        2,
                        "4200 0600",
                        "04" + utf16("\\ab"),
                        Smb1OpenRequest.Open::decodeCore,
                        new Smb1OpenRequest.Open(0, 0x42, 6, 0, 0, 1, 0, "\\ab")),
                text(
                        "CREATE",
                        3,
                        "2000 78563412",
                        "04" + utf16("\\ab"),
                        Smb1OpenRequest.Create::decode,
                        new Smb1OpenRequest.Create(0x20, 0x12345678, "\\ab")),
                vector(
                        "CLOSE",
                        3,
                        "0140 78563412",
                        "",
                        Smb1OpenRequest.Close::decode,
                        new Smb1OpenRequest.Close(0x4001, 0x12345678)),
                vector(
                        "READ_ANDX",
                        12,
                        NO_ANDX + "0140 00000010 0080 0000 01000000 0000 02000000",
                        "",
                        block -> Smb1DataRequest.Read.decodeAndx(block, true),
                        new Smb1DataRequest.Read(0x4001, 0x2_1000_0000L, 0x1_8000)),
                vector(
                        "READ_ANDX without large counts",
                        10,
                        NO_ANDX + "0140 00000010 0080 0000 ffffffff 0000",
                        "",
                        block -> Smb1DataRequest.Read.decodeAndx(block, true),
                        new Smb1DataRequest.Read(0x4001, 0x1000_0000L, 0x8000)),
                vector(
                        "READ",
                        5,
                        "0140 0002 00000090 0000",
                        "",
                        Smb1DataRequest.Read::decodeCore,
                        new Smb1DataRequest.Read(0x4001, 0x9000_0000L, 0x200)),
                vector(
                        "WRITE_ANDX",
                        14,
                        NO_ANDX + "0140 00000010 00000000 0100 0000 0000 0300 4000 02000000",
                        "00 616263",
                        Smb1DataRequest.Write::decodeAndx,
                        new Smb1DataRequest.Write(0x4001, 0x2_1000_0000L, 1, Hex.bytes("616263"))),
                vector(
                        "WRITE",
                        5,
                        "0140 0300 00000090 0000",
                        "01 0300 616263",
                        Smb1DataRequest.Write::decodeCore,
                        new Smb1DataRequest.Write(0x4001, 0x9000_0000L, 0, Hex.bytes("616263"))),
                vector(
                        "WRITE_AND_CLOSE",
                        6,
                        "0140 0300 00000090 78563412",
                        "00 616263",
                        Smb1DataRequest.WriteAndClose::decode,
                        new Smb1DataRequest.WriteAndClose(0x4001, 0x9000_0000L, 0x12345678, Hex.bytes("616263"))),
                vector(
                        "SEEK",
                        4,
                        "0140 0200 ffffffff",
                        "",
                        Smb1DataRequest.Seek::decode,
                        new Smb1DataRequest.Seek(0x4001, 2, -1)),
                vector(
                        "LOCK_BYTE_RANGE",
                        5,
                        "0140 05000000 000000f0",
                        "",
                        Smb1DataRequest.LockByteRange::decode,
                        new Smb1DataRequest.LockByteRange(0x4001, 5, 0xF000_0000L)),
                vector(
                        "LOCKING_ANDX with small ranges",
                        8,
                        NO_ANDX + "0140 01 00 e8030000 0100 0100",
                        "0200 03000000 04000000 | 0500 06000000 070000ff",
                        Smb1DataRequest.Locking::decode,
                        new Smb1DataRequest.Locking(
                                0x4001,
                                1,
                                0,
                                1000,
                                List.of(new Smb1DataRequest.Range(2, 3, 4)),
                                List.of(new Smb1DataRequest.Range(5, 6, 0xFF00_0007L)))),
                vector(
                        "LOCKING_ANDX with large ranges",
                        8,
                        NO_ANDX + "0140 10 00 ffffffff 0000 0100",
                        "0500 0000 01000000 02000000 03000000 04000000",
                        Smb1DataRequest.Locking::decode,
                        new Smb1DataRequest.Locking(
                                0x4001,
                                0x10,
                                0,
                                -1,
                                List.of(),
                                List.of(new Smb1DataRequest.Range(5, 0x1_0000_0002L, 0x3_0000_0004L)))),
                text(
                        "CREATE_DIRECTORY",
                        0,
                        "",
                        "04" + utf16("\\ab"),
                        Smb1PathRequest.Path::decode,
                        new Smb1PathRequest.Path("\\ab")),
                text(
                        "DELETE",
                        1,
                        "1600",
                        "04" + utf16("\\*.t"),
                        Smb1PathRequest.Delete::decode,
                        new Smb1PathRequest.Delete(0x16, "\\*.t")),
                text(
                        "RENAME",
                        1,
                        "1600",
                        "04" + utf16("\\a") + "04 00" + utf16("\\b"),
                        Smb1PathRequest.Rename::decode,
                        new Smb1PathRequest.Rename(0x16, 0x104, "\\a", "\\b")),
                text(
                        "NT_RENAME",
                        4,
                        "1600 0301 00000000",
                        "04" + utf16("\\a") + "04 00" + utf16("\\b"),
                        Smb1PathRequest.Rename::decodeNt,
                        new Smb1PathRequest.Rename(0x16, 0x103, "\\a", "\\b")),
                text(
                        "SET_INFORMATION",
                        8,
                        "0100 78563412 00000000000000000000",
                        "04" + utf16("\\a"),
                        Smb1PathRequest.SetInformation::decode,
                        new Smb1PathRequest.SetInformation(1, 0x12345678, "\\a")),
                vector(
                        "SET_INFORMATION2",
                        7,
                        "0140 01000000 02000000 03000000",
                        "",
                        Smb1PathRequest.SetInformation2::decode,
                        new Smb1PathRequest.SetInformation2(0x4001, 1, 2, 3)),
                text(
                        "COPY",
                        3,
                        "0200 1100 0100",
                        "04" + utf16("\\a") + "04 00" + utf16("\\b"),
                        Smb1PathRequest.Copy::decode,
                        new Smb1PathRequest.Copy(2, 0x11, 1, "\\a", "\\b")),
                text(
                        "SEARCH",
                        2,
                        "0a00 1600",
                        "04" + utf16("\\*") + "05 1500" + "00".repeat(21),
                        Smb1PathRequest.Search::decode,
                        new Smb1PathRequest.Search(10, 0x16, "\\*", Hex.bytes("00".repeat(21)))));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void goldenBytesMeanTheRequest(Smb1Vector vector) {
        Smb1Text text = vector.name().equals("TREE_CONNECT") ? OEM : UNICODE;
        assertEquals(vector.means(), vector.decoded(vector.message(), text));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eachTruncationIsRefused(Smb1Vector vector) {
        ByteBuf message = vector.message();
        for (int length = 0; length < message.readableBytes(); length++) {
            ByteBuf cut = message.slice(0, length);
            assertThrows(MalformedMessage.class, () -> vector.decoded(cut, UNICODE), vector + ", " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherNumberOfWordsIsRefused(Smb1Vector vector) {
        Smb1Vector longer = new Smb1Vector(
                vector.name(),
                vector.wordCount() + 1,
                vector.words() + "0000",
                vector.bytes(),
                vector.decode(),
                vector.means());
        assertThrows(MalformedMessage.class, () -> longer.decoded(longer.message(), UNICODE));
    }

    @Test
    void oneStepLogInsCarryTwoResponses() {
        Smb1Vector vector = text(
                "SESSION_SETUP_ANDX",
                13,
                NO_ANDX + "0440 3200 0000 00000000 0200 0300 00000000 d4000080",
                "0102 030405" + utf16("me") + utf16("DOM"),
                Smb1SessionRequest::decodeSetup,
                null);
        Smb1SessionRequest.SetupWithResponses request =
                (Smb1SessionRequest.SetupWithResponses) vector.decoded(vector.message(), UNICODE);
        assertEquals(0x4004, request.maxBufferSize());
        assertEquals(0, request.vcNumber());
        assertArrayEquals(new byte[] {1, 2}, request.oemPassword());
        assertArrayEquals(new byte[] {3, 4, 5}, request.unicodePassword());
        assertEquals(0x800000D4, request.capabilities());
        assertEquals("me", request.account());
        assertEquals("DOM", request.domain());
        eachTruncationIsRefused(vector);
    }

    @Test
    void lanmanLogInsCarryOneResponse() {
        Smb1Vector vector = text(
                "SESSION_SETUP_ANDX",
                10,
                NO_ANDX + "0440 3200 0100 00000000 0200 00000000",
                "0102" + oem("ME") + oem("DOM"),
                Smb1SessionRequest::decodeSetup,
                null);
        Smb1SessionRequest.SetupWithResponses request =
                (Smb1SessionRequest.SetupWithResponses) vector.decoded(vector.message(), OEM);
        assertArrayEquals(new byte[] {1, 2}, request.oemPassword());
        assertEquals(0, request.unicodePassword().length);
        assertEquals("ME", request.account());
        assertEquals(1, request.vcNumber());
        eachTruncationIsRefused(vector);
    }

    @Test
    void logInsByTokensCarryABlob() {
        Smb1Vector vector = text(
                "SESSION_SETUP_ANDX",
                12,
                NO_ANDX + "0440 3200 0000 00000000 0300 00000000 d4000080",
                "616263",
                Smb1SessionRequest::decodeSetup,
                null);
        Smb1SessionRequest.SetupWithToken request =
                (Smb1SessionRequest.SetupWithToken) vector.decoded(vector.message(), UNICODE);
        assertArrayEquals(new byte[] {0x61, 0x62, 0x63}, request.token());
        eachTruncationIsRefused(vector);
    }

    @Test
    void dataThatLiesOutsideTheMessageIsRefused() {
        Smb1Vector vector = vector(
                "WRITE_ANDX",
                12,
                NO_ANDX + "0140 00000010 00000000 0100 0000 0000 0400 3d00",
                "616263",
                Smb1DataRequest.Write::decodeAndx,
                null);
        assertThrows(SmbException.class, () -> vector.decoded(vector.message(), UNICODE));
        Smb1Vector inWords = vector(
                "WRITE_ANDX",
                12,
                NO_ANDX + "0140 00000010 00000000 0100 0000 0000 0300 2000",
                "616263",
                Smb1DataRequest.Write::decodeAndx,
                null);
        assertThrows(SmbException.class, () -> inWords.decoded(inWords.message(), UNICODE));
    }

    @Test
    void moreLocksThanTheBytesHoldAreRefused() {
        Smb1Vector vector = vector(
                "LOCKING_ANDX",
                8,
                NO_ANDX + "0140 00 00 00000000 0000 ffff",
                "0500 06000000 07000000",
                Smb1DataRequest.Locking::decode,
                null);
        assertThrows(MalformedMessage.class, () -> vector.decoded(vector.message(), UNICODE));
    }
}
