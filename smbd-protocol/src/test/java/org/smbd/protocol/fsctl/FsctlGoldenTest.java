package org.smbd.protocol.fsctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.Malformed;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** Inputs and outputs against their bytes, both ways, and cut at every byte. */
class FsctlGoldenTest {
    private static final FileId FILE_ID = new FileId(0x0102030405060708L, 0x1112131415161718L);
    private static final String FILE_ID_HEX = "0807060504030201 1817161514131211";

    /**
     * A structure and its bytes.
     *
     * @param ifCut what a cut one is answered with
     */
    record Vector<T>(
            T value, String hex, NtStatus ifCut, Function<WireReader, T> decode, BiConsumer<T, WireWriter> encode) {
        @Override
        public String toString() {
            return value.getClass().getSimpleName();
        }

        String written() {
            return Hex.written(0, out -> encode.accept(value, out));
        }
    }

    private static <T> Vector<T> vector(
            T value, String hex, Function<WireReader, T> decode, BiConsumer<T, WireWriter> encode) {
        return new Vector<>(value, hex, NtStatus.INVALID_PARAMETER, decode, encode);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static Stream<Vector<?>> vectors() {
        return Stream.of(
                vector(
                        new ZeroDataInformation(0x1000, 0x2000),
                        "0010000000000000 0020000000000000",
                        ZeroDataInformation::decode,
                        ZeroDataInformation::encode),
                vector(
                        new AllocatedRangeBuffer(0x1000, 0x20),
                        "0010000000000000 2000000000000000",
                        AllocatedRangeBuffer::decode,
                        AllocatedRangeBuffer::encode),
                vector(
                        new FileRegionOutput(List.of(new FileRegionOutput.Region(0x10, 0x20, 1))),
                        "00000000 01000000 01000000 00000000 | 1000000000000000 2000000000000000 01000000 00000000",
                        FileRegionOutput::decode,
                        FileRegionOutput::encode),
                vector(
                        new FileLevelTrim(List.of(new FileLevelTrim.Range(0x1000, 0x2000))),
                        "00000000 01000000 | 0010000000000000 0020000000000000",
                        FileLevelTrim::decode,
                        FileLevelTrim::encode),
                vector(
                        new SrvCopychunkResponse(1, 2, 3),
                        "01000000 02000000 03000000",
                        SrvCopychunkResponse::decode,
                        SrvCopychunkResponse::encode),
                vector(CompressionState.LZNT1, "0200", CompressionState::decode, CompressionState::encode),
                vector(
                        new ResumeKey(FILE_ID),
                        FILE_ID_HEX + "0000000000000000",
                        ResumeKey::decodeKey,
                        ResumeKey::encodeKey),
                new Vector<>(
                        new DuplicateExtentsData(FILE_ID, 0x1000, 0x2000, 0x3000, 0),
                        FILE_ID_HEX + "0010000000000000 0020000000000000 0030000000000000",
                        NtStatus.BUFFER_TOO_SMALL,
                        DuplicateExtentsData::decode,
                        DuplicateExtentsData::encode),
                new Vector<>(
                        new DuplicateExtentsData(FILE_ID, 0x1000, 0x2000, 0x3000, DuplicateExtentsData.SOURCE_ATOMIC),
                        "3800000000000000" + FILE_ID_HEX
                                + "0010000000000000 0020000000000000 0030000000000000 01000000 00000000",
                        NtStatus.BUFFER_TOO_SMALL,
                        DuplicateExtentsData::decodeEx,
                        DuplicateExtentsData::encodeEx),
                vector(
                        new NetworkInterfaceInfo(
                                7, NetworkInterfaceInfo.RSS_CAPABLE, 10_000_000_000L, address("192.0.2.1")),
                        "00000000 07000000 01000000 00000000 00E40B5402000000 0200 0000 C0000201" + "00".repeat(120),
                        NetworkInterfaceInfo::decode,
                        (info, out) -> info.encode(out, true)),
                vector(
                        new NetworkInterfaceInfo(2, 0, 1_000_000_000L, address("2001:db8::1")),
                        "98000000 02000000 00000000 00000000 00CA9A3B00000000 1700 0000 00000000"
                                + "20010DB8000000000000000000000001" + "00".repeat(104),
                        NetworkInterfaceInfo::decode,
                        (info, out) -> info.encode(out, false)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void bytesAndValuesMatch(Vector<?> vector) {
        assertEquals(vector.value(), vector.decode().apply(new WireReader(Hex.bytes(vector.hex()))));
        assertEquals(Hex.digits(Hex.bytes(vector.hex())), vector.written());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyCutIsRefused(Vector<?> vector) {
        ByteBuf whole = Hex.bytes(vector.hex());
        for (int length = 0; length < whole.readableBytes(); length++) {
            WireReader cut = new WireReader(whole.slice(0, length));
            MalformedMessage refused =
                    assertThrows(MalformedMessage.class, () -> vector.decode().apply(cut), length + " bytes");
            assertEquals(vector.ifCut(), refused.status());
            assertEquals(MalformedMessage.Scope.MESSAGE, refused.scope());
        }
    }

    @Test
    void noSparseBufferMeansSparse() {
        assertEquals(new SetSparseBuffer(true), SetSparseBuffer.decode(new WireReader(Hex.bytes(""))));
        assertEquals(new SetSparseBuffer(false), SetSparseBuffer.decode(new WireReader(Hex.bytes("00"))));
        assertEquals(new SetSparseBuffer(true), SetSparseBuffer.decode(new WireReader(Hex.bytes("01ff"))));
        assertEquals("00", Hex.written(0, new SetSparseBuffer(false)::encode));
    }

    @Test
    void noRegionInputMeansTheWholeFile() {
        FileRegionInput input = new FileRegionInput(1, 2, 3);
        String hex = "0100000000000000 0200000000000000 03000000 00000000";
        assertEquals(FileRegionInput.ALL, FileRegionInput.decode(new WireReader(Hex.bytes(""))));
        assertEquals(input, FileRegionInput.decode(new WireReader(Hex.bytes(hex))));
        assertEquals(hex.replace(" ", ""), Hex.written(0, input::encode));
        ByteBuf whole = Hex.bytes(hex);
        for (int length = 1; length < whole.readableBytes(); length++) {
            WireReader cut = new WireReader(whole.slice(0, length));
            MalformedMessage refused = assertThrows(MalformedMessage.class, () -> FileRegionInput.decode(cut));
            assertEquals(NtStatus.BUFFER_TOO_SMALL, refused.status());
        }
    }

    @Test
    void chunksThatAreCutAwayAreMissed() {
        SrvCopychunkCopy copy = new SrvCopychunkCopy(
                new ResumeKey(FILE_ID),
                2,
                List.of(new SrvCopychunkCopy.Chunk(1, 2, 3), new SrvCopychunkCopy.Chunk(4, 5, 0xFFFFFFFFL)));
        String hex = FILE_ID_HEX + "0000000000000000 02000000 00000000"
                + "0100000000000000 0200000000000000 03000000 00000000"
                + "0400000000000000 0500000000000000 ffffffff 00000000";
        ByteBuf whole = Hex.bytes(hex);
        assertEquals(copy, SrvCopychunkCopy.decode(new WireReader(whole)));
        assertEquals(Hex.digits(whole), Hex.written(0, copy::encode));
        for (int length = 0; length < whole.readableBytes(); length++) {
            WireReader cut = new WireReader(whole.slice(0, length));
            if (length < 32) {
                Malformed.assertInvalidParameter(() -> SrvCopychunkCopy.decode(cut), length + " bytes");
            } else {
                assertFalse(SrvCopychunkCopy.decode(cut).isComplete(), length + " bytes");
            }
        }
    }

    @Test
    void nothingIsAllocatedForAHugeCount() {
        WireReader trim = new WireReader(Hex.bytes("00000000 ffffffff" + "00".repeat(16)));
        Malformed.assertInvalidParameter(() -> FileLevelTrim.decode(trim), "count");
        Malformed.assertInvalidParameter(
                () -> FileLevelTrim.decode(new WireReader(Hex.bytes("00000000 00000000"))), "no range");
        WireReader chunks = new WireReader(Hex.bytes(FILE_ID_HEX + "0000000000000000 ffffffff 00000000"));
        SrvCopychunkCopy copy = SrvCopychunkCopy.decode(chunks);
        assertEquals(0xFFFFFFFFL, copy.chunkCount());
        assertEquals(List.of(), copy.chunks());
    }

    @Test
    void aKeyThatIsNotOursNamesNoOpen() {
        WireReader key = new WireReader(Hex.bytes(FILE_ID_HEX + "0000000000000001"));
        assertEquals(FileId.NONE, ResumeKey.decodeKey(key).fileId());
        assertEquals(FILE_ID_HEX.replace(" ", "") + "00".repeat(16), Hex.written(0, new ResumeKey(FILE_ID)::encode));
    }

    @Test
    void unknownFormsAreRefused() {
        Malformed.assertInvalidParameter(
                () -> CompressionState.decode(new WireReader(Hex.bytes("0300"))), "compression format");
        String ex = "3900000000000000" + FILE_ID_HEX + "00".repeat(32);
        Malformed.assertInvalidParameter(
                () -> DuplicateExtentsData.decodeEx(new WireReader(Hex.bytes(ex))), "structure size");
    }
}
