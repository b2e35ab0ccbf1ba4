package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The structures of quotactl(2), field by field. */
class QuotaFormatTest {
    private final ByteBuffer memory = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());

    @Test
    void theCommandsAreThoseOfTheKernelForUsers() {
        assertEquals(0x80000700, QuotaFormat.Q_GETQUOTA);
        assertEquals(0x80000800, QuotaFormat.Q_SETQUOTA);
        assertEquals(0x80000900, QuotaFormat.Q_GETNEXTQUOTA);
        assertEquals(0x580500, QuotaFormat.Q_XGETQSTAT);
    }

    @Test
    void limitsAreInBlocksAndWhatIsUsedInBytes() {
        memory.putLong(0, 200).putLong(8, 100).putLong(16, 4097);
        assertEquals(new UserQuota(7, 4097, 102400, 204800), QuotaFormat.quota(memory, 7));
        memory.putLong(0, 0).putLong(8, 0).putInt(68, 1001);
        assertEquals(new UserQuota(1001, 4097, 0, 0), QuotaFormat.nextQuota(memory));
        memory.putLong(0, Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, QuotaFormat.quota(memory, 7).hardLimitBytes());
    }

    @Test
    void limitsAreRoundedUpAndNothingElseIsSet() {
        memory.putLong(32, 5).putLong(48, 6);
        QuotaFormat.putLimits(memory, 1, 2049);
        assertEquals(3, memory.getLong(0));
        assertEquals(1, memory.getLong(8));
        assertEquals(1, memory.getInt(64)); // QIF_BLIMITS
        for (int at = 16; at < 64; at += 8) {
            assertEquals(0, memory.getLong(at));
        }
        QuotaFormat.putLimits(memory, 0, Long.MAX_VALUE);
        assertEquals(1L << 53, memory.getLong(0));
        assertEquals(0, memory.getLong(8));
    }

    @Test
    void onlyTheFlagsOfUsersCount() {
        memory.putShort(2, (short) 0x3f);
        assertEquals(QuotaFormat.USERS_COUNTED | QuotaFormat.USERS_LIMITED, QuotaFormat.flags(memory));
        memory.putShort(2, (short) 0x3c);
        assertEquals(0, QuotaFormat.flags(memory));
    }
}
