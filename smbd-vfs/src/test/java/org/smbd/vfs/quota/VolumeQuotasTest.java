package org.smbd.vfs.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Sid;
import org.smbd.vfs.security.SidMapping;
import org.smbd.vfs.store.UserQuota;

/** Quotas by SID over those of a host. */
class VolumeQuotasTest {
    private static final Sid ALICE = Sid.unixUser(1000);
    private static final Sid BOB = Sid.unixUser(1001);
    private static final Sid NOBODY_HERE = Sid.of(5, 21, 1, 2, 3, 1000);

    private final FakeQuota host =
            new FakeQuota().with(0, 77, 0, 0).with(1000, 5000, 1024, 2048).with(-2, 1, 0, 0);
    private final QuotaScan scan = new QuotaScan();
    private final VolumeQuotas quotas = new VolumeQuotas(Optional.of(host), SidMapping.UNIX, scan);

    private static NtStatus refusal(Runnable action) {
        return assertThrows(SmbException.class, action::run).status();
    }

    private void set(Sid sid, long threshold, long limit) {
        quotas.set(List.of(new QuotaEntry(sid, 0, threshold, limit)));
    }

    private List<Sid> scan(boolean restart, int room) {
        List<Sid> told = new ArrayList<>();
        quotas.scan(restart, entry -> told.size() < room && told.add(entry.sid()));
        return told;
    }

    @Test
    void noLimitOfTheHostIsNoneOfTheClient() {
        assertEquals(
                List.of(new QuotaEntry(ALICE, 5000, 1024, 2048), new QuotaEntry(BOB, 0, -1, -1)),
                quotas.of(List.of(ALICE, BOB)));
    }

    @Test
    void aSidThatIsNoUserHasZeros() {
        assertEquals(List.of(new QuotaEntry(NOBODY_HERE, 0, 0, 0)), quotas.of(List.of(NOBODY_HERE)));
    }

    @Test
    void aScanGoesOnWhereTheLastOneHasEnded() {
        assertEquals(List.of(Sid.unixUser(0), ALICE), scan(false, 2));
        assertEquals(List.of(Sid.unixUser(-2)), scan(false, 2));
        assertEquals(List.of(), scan(false, 2));
        assertEquals(List.of(Sid.unixUser(0)), scan(true, 1));
        assertEquals(List.of(ALICE, Sid.unixUser(-2)), scan(false, 100));
    }

    @Test
    void theLastOfAllUidsEndsAScan() {
        host.with(-1, 1, 0, 0);
        assertEquals(4, scan(true, 100).size());
        assertEquals(List.of(), scan(false, 100));
    }

    @Test
    void aScanBeginsAtAUserThatIsKnown() {
        List<Sid> told = new ArrayList<>();
        quotas.scanFrom(ALICE, entry -> told.add(entry.sid()));
        assertEquals(List.of(ALICE, Sid.unixUser(-2)), told);
        assertEquals(NtStatus.INVALID_PARAMETER, refusal(() -> quotas.scanFrom(BOB, entry -> true)));
        assertEquals(NtStatus.INVALID_PARAMETER, refusal(() -> quotas.scanFrom(NOBODY_HERE, entry -> true)));
    }

    @Test
    void limitsAreSetAndTakenBack() {
        set(BOB, 100, 200);
        assertEquals(new UserQuota(1001, 0, 100, 200), host.of(1001));
        set(BOB, QuotaEntry.NONE, QuotaEntry.NONE);
        assertEquals(new UserQuota(1001, 0, 0, 0), host.of(1001));
        set(ALICE, 0, QuotaEntry.DELETE);
        assertEquals(new UserQuota(1000, 5000, 0, 0), host.of(1000));
    }

    @Test
    void aLimitOfNothingIsNotNoLimit() {
        set(BOB, 0, 0);
        assertEquals(new UserQuota(1001, 0, 1, 1), host.of(1001));
    }

    @Test
    void whatIsNoLimitIsRefused() {
        assertEquals(NtStatus.INVALID_PARAMETER, refusal(() -> set(BOB, -1, -3)));
        assertEquals(NtStatus.INVALID_PARAMETER, refusal(() -> set(BOB, -2, 1)));
        assertEquals(NtStatus.ACCESS_DENIED, refusal(() -> set(Sid.BUILTIN_ADMINISTRATORS, -1, 1)));
        assertEquals(NtStatus.NONE_MAPPED, refusal(() -> set(NOBODY_HERE, -1, 1)));
        assertEquals(NtStatus.NO_MATCH, refusal(() -> set(NOBODY_HERE, -1, QuotaEntry.DELETE)));
        assertEquals(NtStatus.NO_MATCH, refusal(() -> set(BOB, -1, QuotaEntry.DELETE)));
        assertEquals(3, scan(true, 100).size());
    }

    @Test
    void itTellsWhetherLimitsAreEnforced() {
        assertTrue(quotas.isEnforced());
        assertFalse(new VolumeQuotas(Optional.of(new FakeQuota().notEnforced()), SidMapping.UNIX, scan).isEnforced());
    }
}
