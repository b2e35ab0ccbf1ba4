package org.smbd.server.conn;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.smbd.server.session.Session;

/**
 * The sessions that ended last on one connection. A client that does not know yet is told so with a signature: some
 * take no other refusal for the server's.
 */
final class EndedSessions {
    private static final int KEPT_MAX = 8;

    @GuardedBy("this")
    private final Map<Long, Session> kept = new LinkedHashMap<>();

    synchronized void add(Session session) {
        kept.put(session.sessionId(), session);
        if (kept.size() > KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    synchronized Optional<Session> find(long sessionId) {
        return Optional.ofNullable(kept.get(sessionId));
    }
}
