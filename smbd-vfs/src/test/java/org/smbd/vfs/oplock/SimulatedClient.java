package org.smbd.vfs.oplock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.type.Guid;

/** What a client knows of one cache: what it was granted, and what it was told of breaks. */
public final class SimulatedClient implements BreakListener {
    public final LeaseKey key;
    public final List<BreakNotice> notices = new ArrayList<>();
    /** Run at each notice, while what breaks is still as it was. */
    public Runnable onNotice = () -> {};

    boolean isReachable = true;

    public SimulatedClient(long number) {
        this(new Guid(number, 1), number);
    }

    /** One more cache of a client. */
    public SimulatedClient(Guid client, long number) {
        key = new LeaseKey(client, new Guid(number, 2));
    }

    public CachingRequest.Lease lease(int state) {
        return new CachingRequest.Lease(key, state, Optional.empty(), 2, true, 0, this);
    }

    public CachingRequest.Lease leaseBelow(int state, LeaseKey parent) {
        return new CachingRequest.Lease(key, state, Optional.of(parent.key()), 2, true, 0, this);
    }

    public CachingRequest.Oplock oplock(int state) {
        return new CachingRequest.Oplock(state, true, this);
    }

    @Override
    public boolean tell(BreakNotice notice) {
        if (isReachable) {
            notices.add(notice);
            onNotice.run();
        }
        return isReachable;
    }

    @Override
    public void unreachable(int to) {
        notices.clear();
    }
}
