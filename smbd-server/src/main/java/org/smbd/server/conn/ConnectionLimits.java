package org.smbd.server.conn;

/**
 * What one connection may use.
 *
 * @param creditsMax credits that its client may hold
 * @param bytesInFlightMax bytes received and not answered yet; above, the transport stops reading
 * @param requestsInFlightMax frames received and not answered yet; above, the transport stops reading
 * @param pendingOperationsMax requests that wait asynchronously; above, INSUFFICIENT_RESOURCES
 * @param sessionsMax sessions
 * @param loginsMax log-ins that are not finished
 * @param channelsMax connections that one session may be used over
 */
public record ConnectionLimits(
        int creditsMax,
        long bytesInFlightMax,
        int requestsInFlightMax,
        int pendingOperationsMax,
        int sessionsMax,
        int loginsMax,
        int channelsMax) {}
