package org.smbd.vfs.quota;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.vfs.security.SidMapping;
import org.smbd.vfs.store.StoreQuota;
import org.smbd.vfs.store.UserQuota;

/**
 * The quotas of the volume below an open. MS-FSA 2.1.5.21 Server Requests Querying Quota Information, 2.1.5.22 Server
 * Requests Setting Quota Information.
 *
 * <p>Thresholds are the soft limits of the host, limits its hard ones. A client's limit of nothing at all is the least
 * one that the host has, for which 0 means no limit.
 *
 * <p>Of a volume that keeps none there is nothing to ask and nothing to set: NOT_SUPPORTED.
 */
public final class VolumeQuotas {
    private static final long LIMIT_BYTES_MIN = 1;

    private final Optional<StoreQuota> quota;
    private final SidMapping sids;
    private final QuotaScan scan;

    /**
     * @param quota those of the host, if it keeps some
     * @param scan how far the open has come
     */
    public VolumeQuotas(Optional<StoreQuota> quota, SidMapping sids, QuotaScan scan) {
        this.quota = quota;
        this.sids = sids;
        this.scan = scan;
    }

    /** Whether the space that users take is counted. */
    public boolean isTracked() {
        return quota.isPresent();
    }

    /** Whether limits are enforced, and not only the space counted. */
    public boolean isEnforced() {
        return quota.filter(StoreQuota::isEnforced).isPresent();
    }

    private StoreQuota kept() {
        return quota.orElseThrow(NtStatus.NOT_SUPPORTED::exception);
    }

    /** The entries of some users; of zeros for a SID that is no user of this host. */
    public List<QuotaEntry> of(List<Sid> users) {
        return users.stream().map(this::of).toList();
    }

    private QuotaEntry of(Sid user) {
        StoreQuota kept = kept();
        OptionalInt uid = sids.uid(user);
        return uid.isPresent() ? entry(user, kept.of(uid.getAsInt())) : new QuotaEntry(user, 0, 0, 0);
    }

    /**
     * Hands entries to {@code sink}, from where the last scan of the open has ended, until it refuses one.
     *
     * @param restart from the first one on instead
     */
    public void scan(boolean restart, Predicate<QuotaEntry> sink) {
        if (restart) {
            scan.restart();
        }
        scan(sink);
    }

    /** As above, from a user on: INVALID_PARAMETER if nothing is known of that one. */
    public void scanFrom(Sid first, Predicate<QuotaEntry> sink) {
        int uid = sids.uid(first).orElseThrow(NtStatus.INVALID_PARAMETER::exception);
        if (kept().next(uid).filter(found -> found.uid() == uid).isEmpty()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        scan.startAt(uid);
        scan(sink);
    }

    private void scan(Predicate<QuotaEntry> sink) {
        while (!scan.isAtEnd()) {
            Optional<UserQuota> next = kept().next(scan.nextUid());
            if (next.isEmpty() || !sink.test(entry(sids.user(next.get().uid()), next.get()))) {
                return;
            }
            scan.told(next.get().uid());
        }
    }

    private static QuotaEntry entry(Sid user, UserQuota found) {
        return new QuotaEntry(user, found.usedBytes(), limit(found.softLimitBytes()), limit(found.hardLimitBytes()));
    }

    private static long limit(long hostBytes) {
        return hostBytes == 0 ? QuotaEntry.NONE : hostBytes;
    }

    /**
     * Sets thresholds and limits; what is used is not looked at.
     *
     * @throws org.smbd.core.status.SmbException INVALID_PARAMETER for what is no limit, ACCESS_DENIED for one on the
     *     administrators, NO_MATCH to delete what is not there, NONE_MAPPED for a SID that is no user of this host;
     *     what comes before it in the list is set
     */
    public void set(List<QuotaEntry> entries) {
        entries.forEach(this::set);
    }

    private void set(QuotaEntry entry) {
        StoreQuota kept = kept();
        long limit = entry.limitBytes();
        if (limit < QuotaEntry.DELETE || entry.thresholdBytes() < QuotaEntry.NONE) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (entry.sid().equals(Sid.BUILTIN_ADMINISTRATORS) && limit != QuotaEntry.NONE) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        OptionalInt uid = sids.uid(entry.sid());
        if (limit != QuotaEntry.DELETE) {
            kept.setLimits(
                    uid.orElseThrow(NtStatus.NONE_MAPPED::exception),
                    hostLimit(entry.thresholdBytes()),
                    hostLimit(limit));
            return;
        }
        int deleted = uid.orElseThrow(NtStatus.NO_MATCH::exception);
        UserQuota before = kept.of(deleted);
        if (before.softLimitBytes() == 0 && before.hardLimitBytes() == 0) {
            throw NtStatus.NO_MATCH.exception();
        }
        kept.setLimits(deleted, 0, 0);
    }

    private static long hostLimit(long bytes) {
        return bytes == QuotaEntry.NONE ? 0 : Math.max(bytes, LIMIT_BYTES_MIN);
    }
}
