package org.smbd.vfs.store;

/**
 * What a file system counts for a user, and where it ends.
 *
 * @param uid the user
 * @param usedBytes what the files of the user take
 * @param softLimitBytes above it the user is warned, and after a time of grace stopped; 0 for none
 * @param hardLimitBytes what the user can never take more than; 0 for none
 */
public record UserQuota(int uid, long usedBytes, long softLimitBytes, long hardLimitBytes) {}
