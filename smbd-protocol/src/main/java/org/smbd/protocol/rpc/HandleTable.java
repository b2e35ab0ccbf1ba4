package org.smbd.protocol.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * What the clients of one association group hold. C706 14.2.16.6 Context handles, MS-RPCE 3.3.3.2.1 Abstract Data
 * Model. Safe for many threads.
 */
public final class HandleTable {
    /** Handles that one group may hold. */
    public static final int HANDLES_MAX = 1024;

    private final SecureRandom random = new SecureRandom();

    @GuardedBy("this")
    private final Map<ContextHandle, Object> open = new HashMap<>();

    /**
     * Gives out a handle.
     *
     * @throws RpcFault NO_MEMORY above {@link #HANDLES_MAX}
     */
    public ContextHandle open(Object held) {
        return open(held, 0);
    }

    /**
     * Gives out a handle with attributes, without which it is none.
     *
     * @throws RpcFault NO_MEMORY above {@link #HANDLES_MAX}
     */
    public synchronized ContextHandle open(Object held, int attributes) {
        if (open.size() >= HANDLES_MAX) {
            throw RpcFault.NO_MEMORY;
        }
        ContextHandle handle = new ContextHandle(attributes, random.nextLong(), random.nextLong());
        open.put(handle, held);
        return handle;
    }

    /**
     * What a handle stands for.
     *
     * @throws RpcFault CONTEXT_MISMATCH where it is none of ours, or is closed, or of another kind
     */
    public synchronized <T> T find(ContextHandle handle, Class<T> kind) {
        Object held = open.get(handle);
        if (!kind.isInstance(held)) {
            throw RpcFault.CONTEXT_MISMATCH;
        }
        return kind.cast(held);
    }

    /**
     * Fails where a handle is none of ours, or is closed.
     *
     * @throws RpcFault CONTEXT_MISMATCH
     */
    public void check(ContextHandle handle) {
        find(handle, Object.class);
    }

    /**
     * Takes a handle back.
     *
     * @throws RpcFault CONTEXT_MISMATCH where it is none of ours, or is closed
     */
    public synchronized void close(ContextHandle handle) {
        if (open.remove(handle) == null) {
            throw RpcFault.CONTEXT_MISMATCH;
        }
    }
}
