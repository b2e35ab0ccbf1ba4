package org.smbd.protocol.smb1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smbd.protocol.smb1.Smb1Vector.OEM;
import static org.smbd.protocol.smb1.Smb1Vector.UNICODE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.FileTime;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.WireReader;

class Smb1SmallThingsTest {
    @Test
    void timesOfDosAreLocal() {
        DosTime time = new DosTime(ZoneOffset.ofHours(2));
        long ticks = FileTime.of(Instant.parse("2021-02-03T04:05:06Z"));
        int packed = (41 << 9 | 2 << 5 | 3) | (6 << 11 | 5 << 5 | 3) << 16;
        assertEquals(packed, time.toPacked(ticks));
        assertEquals(ticks, time.ofPacked(packed));
        int seconds = (int) (FileTime.unixSeconds(ticks) + 7200);
        assertEquals(seconds, time.toSeconds(ticks));
        assertEquals(ticks, time.ofSeconds(seconds));
    }

    @Test
    void noTimeLeavesTimesUnchanged() {
        DosTime time = new DosTime(ZoneOffset.UTC);
        assertEquals(FileTime.UNCHANGED, time.ofSeconds(0));
        assertEquals(FileTime.UNCHANGED, time.ofSeconds(-1));
        assertEquals(FileTime.UNCHANGED, time.ofPacked(0));
        assertEquals(FileTime.UNCHANGED, time.ofPacked(13 << 5 | 1));
        assertEquals(0, time.toPacked(1));
        assertEquals(0, time.toSeconds(1));
    }

    @Test
    void textIsAlignedAndEndsWithANul() {
        assertEquals("00 6100 0000".replace(" ", ""), Hex.written(33, out -> UNICODE.write(out, "a")));
        assertEquals("8400", Hex.written(33, out -> OEM.write(out, "ä")));
        ByteBuf unicode = Hex.bytes("ff 00 6100 0000 6200");
        WireReader in = new WireReader(unicode);
        in.skip(1);
        assertEquals("a", UNICODE.read(in));
        assertEquals("b", UNICODE.read(in));
        assertEquals("", UNICODE.read(in));
    }

    @Test
    void errorsHaveTheNamesOfDos() {
        assertEquals(new DosError(1, 2), DosError.of(NtStatus.OBJECT_NAME_NOT_FOUND));
        assertEquals(new DosError(2, 91), DosError.of(NtStatus.SMB_BAD_UID));
        assertEquals(new DosError(3, 31), DosError.of(NtStatus.INTERNAL_ERROR));
        assertEquals(0x0002_0001, DosError.of(NtStatus.NO_SUCH_FILE).toStatusField());
        assertEquals(0, DosError.of(NtStatus.SUCCESS).toStatusField());
    }

    @Test
    void aSignatureDependsOnKeyMessageAndNumber() {
        ByteBuf message = Unpooled.buffer().writeZero(64).setByte(40, 7);
        Smb1Signature signature = new Smb1Signature(new byte[16], new byte[] {1, 2});
        signature.sign(message, 0, 64, 3);
        assertTrue(signature.verify(message, 0, 64, 3));
        assertFalse(signature.verify(message, 0, 64, 4));
        assertFalse(signature.verify(message, 0, 63, 3));
        assertFalse(new Smb1Signature(new byte[16], new byte[] {1, 3}).verify(message, 0, 64, 3));
        message.setByte(40, 8);
        assertFalse(signature.verify(message, 0, 64, 3));
    }
}
