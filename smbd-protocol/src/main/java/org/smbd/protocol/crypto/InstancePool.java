package org.smbd.protocol.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Instances of a stateful primitive keyed alike, each lent to one thread at a time.
 *
 * <p>It holds as many as were ever in use at once: an idle session keeps one. An instance that threw is not given back,
 * so no half-fed state survives.
 */
final class InstancePool<T> {
    private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();
    private final Maker<T> maker;

    /** Makes a keyed instance. */
    interface Maker<T> {
        T make() throws GeneralSecurityException;
    }

    InstancePool(Maker<T> maker) {
        this.maker = maker;
    }

    T take() throws GeneralSecurityException {
        T instance = idle.poll();
        return instance != null ? instance : makeNew();
    }

    /** An instance that has not been used yet. */
    T makeNew() throws GeneralSecurityException {
        return maker.make();
    }

    void giveBack(T instance) {
        idle.add(instance);
    }
}
