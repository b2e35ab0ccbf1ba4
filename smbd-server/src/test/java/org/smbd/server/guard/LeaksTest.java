package org.smbd.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaksTest {
    private static final int COLLECTIONS_MAX = 20;

    /** What others have leaked is for {@link RunGuard} to say; here it would only hide what is planted. */
    private List<String> before = List.of();

    @BeforeEach
    void takeThoseOfOthers() throws InterruptedException {
        before = Leaks.take();
        assertEquals(List.of(), before);
    }

    /** In a frame of its own, so that no local variable keeps it. */
    private static void plant(int bytes) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
        buffer.touch("planted");
    }

    @Test
    void aBufferThatNobodyReleasesIsReportedWithWhoHadIt() throws InterruptedException {
        plant(100);
        List<String> reports = new ArrayList<>();
        for (int i = 0; i < COLLECTIONS_MAX && reports.isEmpty(); i++) {
            reports.addAll(Leaks.take());
        }
        assertEquals(1, reports.size(), reports.toString());
        assertTrue(reports.get(0).contains("planted"), reports.get(0));
        assertTrue(reports.get(0).contains(LeaksTest.class.getName()), reports.get(0));
    }

    @Test
    void aBufferThatIsReleasedIsNotReported() throws InterruptedException {
        PooledByteBufAllocator.DEFAULT.directBuffer(100).release();
        assertEquals(List.of(), Leaks.take());
    }
}
