package org.smbd.server.config;

/**
 * Threads and connections.
 *
 * @param eventLoopThreads threads that frame and flush; 0: as many as processors
 * @param requestThreads threads that do file work; 0: by the number of processors
 * @param authenticationThreads threads that check passwords, so that many log-ins do not stop file work
 * @param multiChannel IsMultiChannelCapable: whether a session may be used over several connections (MS-SMB2 3.3.1.5)
 */
public record Net(int eventLoopThreads, int requestThreads, int authenticationThreads, boolean multiChannel) {
    /** No machine gains by more. */
    private static final int THREADS_MAX = 4_096;

    static Net from(Values values) {
        return new Net(
                values.integer("event loop threads", 0, 0, THREADS_MAX),
                values.integer("request threads", 0, 0, THREADS_MAX),
                values.integer("authentication threads", 2, 1, THREADS_MAX),
                values.bool("server multi channel support", true));
    }
}
