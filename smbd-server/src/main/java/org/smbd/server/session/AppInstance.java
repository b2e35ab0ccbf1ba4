package org.smbd.server.session;

import java.util.Optional;
import org.smbd.core.type.Guid;

/**
 * For which instance of an application an open was made: Open.AppInstanceId and Open.ApplicationInstanceVersionHigh,
 * Low of MS-SMB2 3.3.1.10 Per Open.
 *
 * @param client Open.ClientGuid
 */
public record AppInstance(Guid id, Optional<Version> version, Guid client) {
    /**
     * How often the instance has moved; unsigned.
     *
     * @param high the part that counts more
     */
    public record Version(long high, long low) {
        /** Whether it is above another. */
        public boolean isAfter(Version other) {
            int order = Long.compareUnsigned(high, other.high);
            return order > 0 || order == 0 && Long.compareUnsigned(low, other.low) > 0;
        }
    }
}
