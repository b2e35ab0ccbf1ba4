package org.smbd.server.persistent;

/**
 * An entry of Open.LockSequenceArray.
 *
 * @param index 0: the request had none
 */
public record LockSequence(int index, int number) {
    /** A request that cannot be told when it comes again. */
    public static final LockSequence NONE = new LockSequence(0, 0);
}
