package org.smbd.vfs.store;

import java.util.Optional;

/** The users' shares of one file system. All is done as the daemon: who may do it is the caller's affair. */
public interface StoreQuota {
    /** Whether limits are enforced, and not only the space counted. */
    boolean isEnforced();

    /** What is counted for a user; nothing used and no limits where nothing is known of the user. */
    UserQuota of(int uid);

    /**
     * The user with the least uid from {@code uid} on that something is known of; empty if there is none.
     * NOT_SUPPORTED where the host cannot tell.
     */
    Optional<UserQuota> next(int uid);

    /** Sets the limits of a user in bytes, rounded up to what the host counts in; 0 for none. */
    void setLimits(int uid, long softLimitBytes, long hardLimitBytes);
}
