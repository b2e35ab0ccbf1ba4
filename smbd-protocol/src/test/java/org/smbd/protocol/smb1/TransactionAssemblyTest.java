package org.smbd.protocol.smb1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.MalformedMessage;

class TransactionAssemblyTest {
    private static final int BYTES_MAX = 1000;

    private static Smb1TransactionRequest.Start start(
            long totalParameters, long totalData, String parameters, String data) {
        ByteBuf none = Unpooled.EMPTY_BUFFER;
        return new Smb1TransactionRequest.Start(
                1, none, totalParameters, totalData, 0, 0, 0, 0, "", Hex.bytes(parameters), Hex.bytes(data));
    }

    private static Smb1TransactionRequest.Secondary data(long total, long displacement, String data) {
        return new Smb1TransactionRequest.Secondary(2, total, 0, Unpooled.EMPTY_BUFFER, displacement, Hex.bytes(data));
    }

    private static TransactionAssembly begin(Smb1TransactionRequest.Start start) {
        return new TransactionAssembly(start, BYTES_MAX, UnpooledByteBufAllocator.DEFAULT);
    }

    @Test
    void oneMessageMayBeAll() {
        TransactionAssembly assembly = begin(start(2, 3, "0102", "616263"));
        assertTrue(assembly.isComplete());
        assertEquals("0102", Hex.digits(assembly.parameters()));
        assertEquals("616263", Hex.digits(assembly.data()));
        assembly.release();
    }

    @Test
    void partsAreJoinedInOrder() {
        TransactionAssembly assembly = begin(start(2, 5, "0102", "61"));
        assertFalse(assembly.isComplete());
        assembly.add(data(5, 1, "6263"));
        assembly.add(data(5, 3, "6465"));
        assertTrue(assembly.isComplete());
        assertEquals("6162636465", Hex.digits(assembly.data()));
        assembly.release();
    }

    @Test
    void totalsMayShrinkAndNeverGrow() {
        TransactionAssembly assembly = begin(start(2, 5, "0102", "61"));
        assertThrows(MalformedMessage.class, () -> assembly.add(data(6, 1, "62")));
        assembly.add(data(2, 1, "62"));
        assertTrue(assembly.isComplete());
        assembly.release();
    }

    @Test
    void gapsAndOverlapsAreRefused() {
        TransactionAssembly assembly = begin(start(2, 5, "0102", "61"));
        assertThrows(MalformedMessage.class, () -> assembly.add(data(5, 2, "62")));
        assertThrows(MalformedMessage.class, () -> assembly.add(data(5, 0, "62")));
        assertThrows(MalformedMessage.class, () -> assembly.add(data(5, 1, "6263646566")));
        assembly.release();
    }

    @Test
    void totalsAboveTheLimitAreRefused() {
        assertThrows(MalformedMessage.class, () -> begin(start(BYTES_MAX, 1, "", "")));
        assertThrows(MalformedMessage.class, () -> begin(start(0xFFFF_FFFFL, 0xFFFF_FFFFL, "", "")));
    }

    @Test
    void moreThanAnnouncedIsRefused() {
        assertThrows(MalformedMessage.class, () -> begin(start(1, 0, "0102", "")));
        assertThrows(MalformedMessage.class, () -> begin(start(0, 1, "", "6162")));
    }
}
