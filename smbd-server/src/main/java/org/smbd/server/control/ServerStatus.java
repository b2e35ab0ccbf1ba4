package org.smbd.server.control;

import java.util.List;
import java.util.Map;

/**
 * What {@code smbd status --json} shows. Scripts rely on these names: components are only ever added.
 *
 * @param uptimeSeconds since the listeners were bound
 * @param counters by name, such as {@code smb2.read}
 * @param descriptors open file descriptors of the process
 */
public record ServerStatus(
        String version,
        long uptimeSeconds,
        List<ConnectionStatus> connections,
        List<SessionStatus> sessions,
        List<TreeStatus> trees,
        List<OpenStatus> opens,
        Map<String, CounterStatus> counters,
        MemoryStatus memory,
        long descriptors) {
    public ServerStatus {
        connections = List.copyOf(connections);
        sessions = List.copyOf(sessions);
        trees = List.copyOf(trees);
        opens = List.copyOf(opens);
    }

    /**
     * One connection.
     *
     * @param address the peer's address and port
     * @param dialect such as {@code 3.1.1}; empty before NEGOTIATE
     * @param sessions how many it has
     * @param creditsGranted what the client holds
     */
    public record ConnectionStatus(String address, String dialect, int sessions, int creditsGranted) {}

    /**
     * One session.
     *
     * @param id in hexadecimal
     * @param cipher such as {@code AES-128-GCM}; {@code none} where nothing is encrypted
     * @param signing such as {@code AES-128-GMAC}; {@code none} where nothing is signed
     * @param address one of {@code channels}
     * @param channels addresses and ports of the connections that it is used over
     */
    public record SessionStatus(
            String id,
            String user,
            String address,
            String dialect,
            String cipher,
            String signing,
            List<String> channels) {
        public SessionStatus {
            channels = List.copyOf(channels);
        }
    }

    /**
     * One tree connect.
     *
     * @param session the session's id
     * @param encrypted whether plain requests are refused
     */
    public record TreeStatus(long id, String session, String share, String user, String address, boolean encrypted) {}

    /**
     * One open.
     *
     * @param path below the share, with slashes
     * @param access the granted access, as words
     * @param locks byte-range locks that it holds or waits for
     * @param oplock {@code none}, {@code level2}, {@code exclusive}, {@code batch} or {@code lease}
     * @param lease what is cached under a lease, such as {@code RWH}; empty where there is none
     * @param durable {@code none}, {@code durable} or {@code resilient}
     * @param connected whether its client is there; a durable open waits for it
     */
    public record OpenStatus(
            String share,
            String path,
            String user,
            String access,
            int locks,
            String oplock,
            String lease,
            String durable,
            boolean connected) {}

    /**
     * What happened of one kind.
     *
     * @param bytes of payload
     * @param errors answers with an error
     */
    public record CounterStatus(long count, long bytes, long errors) {}

    /**
     * Memory of the process, in bytes.
     *
     * @param rss resident set size
     */
    public record MemoryStatus(long heap, long direct, long rss) {}
}
