package org.smbd.vfs.quota;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.smbd.vfs.store.StoreQuota;
import org.smbd.vfs.store.UserQuota;

/** Quotas in memory. */
public final class FakeQuota implements StoreQuota {
    private final TreeMap<Long, UserQuota> users = new TreeMap<>();
    private boolean enforced = true;

    /** A user that something is known of. */
    public FakeQuota with(int uid, long usedBytes, long softLimitBytes, long hardLimitBytes) {
        users.put(Integer.toUnsignedLong(uid), new UserQuota(uid, usedBytes, softLimitBytes, hardLimitBytes));
        return this;
    }

    FakeQuota notEnforced() {
        enforced = false;
        return this;
    }

    @Override
    public boolean isEnforced() {
        return enforced;
    }

    @Override
    public UserQuota of(int uid) {
        return users.getOrDefault(Integer.toUnsignedLong(uid), new UserQuota(uid, 0, 0, 0));
    }

    @Override
    public Optional<UserQuota> next(int uid) {
        return Optional.ofNullable(users.ceilingEntry(Integer.toUnsignedLong(uid)))
                .map(Map.Entry::getValue);
    }

    @Override
    public void setLimits(int uid, long softLimitBytes, long hardLimitBytes) {
        with(uid, of(uid).usedBytes(), softLimitBytes, hardLimitBytes);
    }
}
