package org.smbd.vfs.lock;

/**
 * Who holds locks: an open, and within it a key. There is one object for each, so that identity is all that counts.
 *
 * @param open the open
 * @param key tells apart the owners within one open
 * @param mark one bit of 64: others may have the same
 */
record LockOwnership(LockingOpen open, int key, long mark) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
