package org.smbd.vfs.lock;

import java.util.ArrayList;
import java.util.List;

/** What one open holds and waits for. Guarded by the lock of its {@link ByteRangeLocks}. */
final class LockingOpen {
    private final int number;
    /** All but SMB1 clients have one. */
    private final List<LockOwnership> owners = new ArrayList<>(1);

    int held;
    int waiting;

    /** @param number of the opens of this file that have locked something, those before it */
    LockingOpen(int number) {
        this.number = number;
    }

    LockOwnership owner(int key) {
        for (LockOwnership owner : owners) {
            if (owner.key() == key) {
                return owner;
            }
        }
        LockOwnership added = new LockOwnership(this, key, 1L << (number + owners.size()));
        owners.add(added);
        return added;
    }

    List<LockOwnership> owners() {
        return owners;
    }
}
