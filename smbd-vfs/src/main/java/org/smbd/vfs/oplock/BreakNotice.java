package org.smbd.vfs.oplock;

import java.util.Optional;

/**
 * The end of a cache, or of a part of it.
 *
 * @param lease the lease that breaks; empty for an oplock
 * @param from {@link Caching} bits held so far
 * @param to bits left
 * @param acknowledgeRequired whether others wait for the client's word
 * @param epoch of the lease, from now on; 0 where none are counted
 */
public record BreakNotice(Optional<LeaseKey> lease, int from, int to, boolean acknowledgeRequired, int epoch) {}
