package org.smbd.protocol.rpc;

/**
 * What a client holds of something on the server. C706 14.2.16.6 Context handles.
 *
 * @param attributes what the service wants to see again with it
 * @param low the first half of its UUID, as it is on the wire
 * @param high the second half
 */
public record ContextHandle(int attributes, long low, long high) {
    /** What a closed one becomes. */
    public static final ContextHandle NULL = new ContextHandle(0, 0, 0);
}
