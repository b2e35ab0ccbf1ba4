package org.smbd.server.smb2;

import java.util.Optional;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.protocol.smb2.LeaseState;
import org.smbd.protocol.smb2.OplockLevel;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingState;

/** Oplocks and leases in the words of the wire: MS-SMB2 2.2.14 SMB2 CREATE Response, OplockLevel. */
final class CachingLevels {
    private static final int UNKNOWN = -1;
    private static final Guid NO_KEY = new Guid(0, 0);

    private CachingLevels() {}

    /** The caching that a level stands for; no combination that is granted for any other value. */
    static int stateOf(int oplockLevel) {
        return switch (oplockLevel) {
            case OplockLevel.NONE -> Caching.NONE;
            case OplockLevel.II -> Caching.LEVEL_TWO;
            case OplockLevel.EXCLUSIVE -> Caching.EXCLUSIVE;
            case OplockLevel.BATCH -> Caching.BATCH;
            default -> UNKNOWN;
        };
    }

    /** The level of an oplock. */
    static int levelOf(int state) {
        return switch (state) {
            case Caching.LEVEL_TWO -> OplockLevel.II;
            case Caching.EXCLUSIVE -> OplockLevel.EXCLUSIVE;
            case Caching.BATCH -> OplockLevel.BATCH;
            default -> OplockLevel.NONE;
        };
    }

    /** What a response says. */
    static int levelOf(CachingState caching) {
        return caching.lease().isPresent() ? OplockLevel.LEASE : levelOf(caching.state());
    }

    /** The context of a response: 3.3.5.9.8, 3.3.5.9.11, Response Construction. Its form is that of the lease. */
    static Optional<CreateContextResponse> context(CachingState caching) {
        return caching.lease().map(lease -> {
            int flags = caching.breaking() ? LeaseState.FLAG_BREAK_IN_PROGRESS : 0;
            if (caching.version() == 1) {
                return new CreateContextResponse.Lease(lease.key(), caching.state(), flags);
            }
            int parentFlag = caching.parentKey().isPresent() ? LeaseState.FLAG_PARENT_LEASE_KEY_SET : 0;
            return new CreateContextResponse.LeaseV2(
                    lease.key(),
                    caching.state(),
                    flags | parentFlag,
                    caching.parentKey().orElse(NO_KEY),
                    caching.epoch());
        });
    }
}
