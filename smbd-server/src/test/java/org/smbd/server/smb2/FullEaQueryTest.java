package org.smbd.server.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.fscc.FullEaEntry;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.vfs.FileOpen;

class FullEaQueryTest {
    private static final int RESTART = 1;
    private static final int SINGLE = 2;
    private static final int INDEX = 4;
    private static final List<ExtendedAttribute> ALL = List.of(ea("one"), ea("two"), ea("three"));

    /** What an open remembers, and nothing else of it. */
    private final AtomicInteger next = new AtomicInteger();

    private final FileOpen open = (FileOpen) Proxy.newProxyInstance(
            FileOpen.class.getClassLoader(), new Class<?>[] {FileOpen.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("setNextEa")) {
                    next.set((int) arguments[0]);
                    return null;
                }
                assertEquals("nextEa", method.getName());
                return next.get();
            });

    private static ExtendedAttribute ea(String name) {
        return new ExtendedAttribute(0, name, new byte[] {1});
    }

    private static QueryInfoRequest request(int flags, int index, String names) {
        ByteBuf input = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(names));
        return new QueryInfoRequest(1, 15, 65_536, index, flags, new FileId(1, 1), input);
    }

    private String answer(QueryInfoRequest request, int budget, NtStatus expected) {
        ByteBuf out = Unpooled.buffer();
        FullEaQuery query = FullEaQuery.of(request, open, ALL);
        assertEquals(expected, query.encode(budget, new WireWriter(out)));
        StringBuilder names = new StringBuilder();
        for (FullEaEntry entry : FullEaEntry.decodeList(new WireReader(out))) {
            names.append(entry.name()).append(entry.value().length).append(' ');
        }
        return names.toString().trim();
    }

    private void refused(NtStatus status, QueryInfoRequest request, List<ExtendedAttribute> all) {
        SmbException refusal = assertThrows(SmbException.class, () -> FullEaQuery.of(request, open, all));
        assertEquals(status, refusal.status());
    }

    @Test
    void queriesOfOneOpenGoOnUntilTheyStartAgain() {
        assertEquals("one1", answer(request(SINGLE, 0, ""), 1000, NtStatus.SUCCESS));
        assertEquals("two1 three1", answer(request(0, 0, ""), 1000, NtStatus.SUCCESS));
        refused(NtStatus.NO_MORE_EAS, request(0, 0, ""), ALL);
        assertEquals("one1", answer(request(RESTART, 0, ""), 20, NtStatus.BUFFER_OVERFLOW));
        assertEquals("two1", answer(request(0, 0, ""), 20, NtStatus.BUFFER_OVERFLOW));
    }

    @Test
    void anIndexCountsFromOne() {
        assertEquals("two1 three1", answer(request(INDEX, 2, ""), 1000, NtStatus.SUCCESS));
        assertEquals("three1", answer(request(INDEX | SINGLE, 3, ""), 1000, NtStatus.SUCCESS));
        refused(NtStatus.NO_MORE_EAS, request(INDEX, 4, ""), ALL);
        for (int index : new int[] {0, 5, -1}) {
            refused(NtStatus.NONEXISTENT_EA_ENTRY, request(INDEX, index, ""), ALL);
        }
    }

    @Test
    void aListOfNamesIsAnsweredInItsOrder() {
        String names = "0c000000" + "03" + "54574f00" + "000000" + "00000000" + "04" + "6e6f6e6500";
        assertEquals("two1 none0", answer(request(0, 0, names), 1000, NtStatus.SUCCESS));
        assertEquals("two1", answer(request(SINGLE | INDEX, 9, names), 1000, NtStatus.SUCCESS));
        MalformedMessage broken = assertThrows(
                MalformedMessage.class, () -> FullEaQuery.of(request(0, 0, names.substring(0, 8)), open, ALL));
        assertEquals(NtStatus.EA_LIST_INCONSISTENT, broken.status());
    }

    @Test
    void nothingThereAndNoRoom() {
        refused(NtStatus.NO_EAS_ON_FILE, request(0, 0, ""), List.of());
        FullEaQuery query = FullEaQuery.of(request(0, 0, ""), open, ALL);
        SmbException refusal =
                assertThrows(SmbException.class, () -> query.encode(12, new WireWriter(Unpooled.buffer())));
        assertEquals(NtStatus.BUFFER_TOO_SMALL, refusal.status());
        assertEquals(0, next.get());
    }
}
