package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.smb2.Vector.behindHeader;
import static org.smbd.protocol.wire.Malformed.assertInvalidParameter;

import io.netty.buffer.ByteBuf;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.Hex;

class ErrorBodyTest {
    record ErrorVector(NtStatus status, Dialect dialect, ErrorBody body, String hex, int tailBytes) {}

    private static final ErrorBody.SymbolicLink LINK =
            new ErrorBody.SymbolicLink(4, "b", "cd", ErrorBody.SymbolicLink.FLAG_RELATIVE);
    private static final String LINK_HEX =
            "1e000000 | 53594d4c | 0c0000a0 | 1200 | 0400 | 0000 0200 | 0200 0400 | 01000000 | 6200 | 63006400";

    static Stream<ErrorVector> vectors() {
        return Stream.of(
                new ErrorVector(
                        NtStatus.ACCESS_DENIED,
                        Dialect.SMB_2_0_2,
                        ErrorBody.Empty.INSTANCE,
                        "0900 | 00 | 00 | 00000000 | 00",
                        1),
                new ErrorVector(
                        NtStatus.ACCESS_DENIED,
                        Dialect.SMB_3_1_1,
                        ErrorBody.Empty.INSTANCE,
                        "0900 | 00 | 00 | 00000000 | 00",
                        1),
                new ErrorVector(
                        NtStatus.BUFFER_TOO_SMALL,
                        Dialect.SMB_3_0_2,
                        new ErrorBody.BufferTooSmall(0x0102),
                        "0900 | 00 | 00 | 04000000 | 02010000",
                        0),
                new ErrorVector(
                        NtStatus.BUFFER_TOO_SMALL,
                        Dialect.SMB_3_1_1,
                        new ErrorBody.BufferTooSmall(0x0102),
                        "0900 | 01 | 00 | 0c000000 | 04000000 00000000 | 02010000",
                        0),
                new ErrorVector(
                        NtStatus.STOPPED_ON_SYMLINK,
                        Dialect.SMB_2_1,
                        LINK,
                        "0900 | 00 | 00 | 22000000 |" + LINK_HEX,
                        0),
                new ErrorVector(
                        NtStatus.STOPPED_ON_SYMLINK,
                        Dialect.SMB_3_1_1,
                        LINK,
                        "0900 | 01 | 00 | 2a000000 | 22000000 00000000 |" + LINK_HEX,
                        0));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void goldenBytesBothWays(ErrorVector vector) {
        ByteBuf bytes = Hex.bytes(vector.hex());
        assertEquals(vector.body(), ErrorBody.decode(vector.status(), behindHeader(bytes)));
        assertEquals(
                Hex.digits(bytes),
                Hex.written(Smb2Header.SIZE_BYTES, out -> vector.body().encode(vector.dialect(), out)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eachTruncationIsRefused(ErrorVector vector) {
        ByteBuf bytes = Hex.bytes(vector.hex());
        for (int length = 0; length < bytes.readableBytes() - vector.tailBytes(); length++) {
            ByteBuf cut = bytes.slice(0, length);
            assertInvalidParameter(() -> ErrorBody.decode(vector.status(), behindHeader(cut)), length + " bytes");
        }
    }

    /** Strict clients count 73 bytes, and place the next header of a chain by them. */
    @Test
    void anErrorWithoutDataIsSeventyThreeBytesWithItsHeader() {
        for (Dialect dialect : Dialect.values()) {
            String body = Hex.written(Smb2Header.SIZE_BYTES, out -> ErrorBody.Empty.INSTANCE.encode(dialect, out));
            assertEquals(73, Smb2Header.SIZE_BYTES + body.length() / 2);
        }
    }

    @Test
    void aLinkOfAnotherTagIsRefused() {
        ByteBuf bytes = Hex.bytes("0900 | 00 | 00 | 22000000 |" + LINK_HEX);
        ByteBuf otherErrorTag = bytes.copy().setByte(12, 0);
        ByteBuf otherReparseTag = bytes.copy().setByte(16, 0);
        assertInvalidParameter(
                () -> ErrorBody.decode(NtStatus.STOPPED_ON_SYMLINK, behindHeader(otherErrorTag)), "error tag");
        assertInvalidParameter(
                () -> ErrorBody.decode(NtStatus.STOPPED_ON_SYMLINK, behindHeader(otherReparseTag)), "reparse tag");
    }
}
