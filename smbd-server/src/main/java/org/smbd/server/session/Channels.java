package org.smbd.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import org.smbd.core.status.NtStatus;

/**
 * Session.ChannelList: MS-SMB2 3.3.1.8 Per Session. The connections that a session may be used over, each with the keys
 * it signs with. Readers take no lock, and see the list as it was at one moment.
 *
 * <p>When the last connection is gone the session is over: from then on none is added.
 */
final class Channels {
    /**
     * One of them.
     *
     * @param security Channel.SigningKey, with the session's keys for encryption; null: Session.SigningKey
     */
    private record Entry(Channel channel, MessageSecurity security) {}

    private final Object lock = new Object();

    private volatile List<Entry> entries = List.of();

    @GuardedBy("lock")
    private boolean ended;

    /**
     * One more.
     *
     * @param security what it signs with; null where it made the session
     * @param channelsMax how many there may be then
     * @throws org.smbd.core.status.SmbException USER_SESSION_DELETED if there is no session any more,
     *     REQUEST_NOT_ACCEPTED if it is there already, INSUFFICIENT_RESOURCES above the limit
     */
    void add(Channel channel, MessageSecurity security, int channelsMax) {
        synchronized (lock) {
            if (ended) {
                throw NtStatus.USER_SESSION_DELETED.exception();
            }
            if (contains(channel)) {
                throw NtStatus.REQUEST_NOT_ACCEPTED.exception();
            }
            if (entries.size() >= channelsMax) {
                throw NtStatus.INSUFFICIENT_RESOURCES.exception();
            }
            List<Entry> more = new ArrayList<>(entries);
            more.add(new Entry(channel, security));
            entries = more;
        }
    }

    /** One is gone; true if it was the last, and the session is over. */
    boolean remove(Channel channel) {
        synchronized (lock) {
            List<Entry> fewer = new ArrayList<>(entries);
            fewer.removeIf(entry -> entry.channel() == channel);
            boolean last = fewer.isEmpty() && !ended;
            ended |= last;
            entries = fewer;
            return last;
        }
    }

    /** The session is over: none is added any more. Those that are there may still send what they owe. */
    void end() {
        synchronized (lock) {
            ended = true;
        }
    }

    /** How many there are. */
    int size() {
        return entries.size();
    }

    /** All of them, the oldest first. */
    List<Channel> all() {
        return entries.stream().map(Entry::channel).toList();
    }

    /** What a channel signs with; {@code standard} where it has no key of its own. */
    MessageSecurity security(Channel channel, MessageSecurity standard) {
        for (Entry entry : entries) {
            if (entry.channel() == channel) {
                return entry.security() == null ? standard : entry.security();
            }
        }
        return standard;
    }

    @GuardedBy("lock")
    private boolean contains(Channel channel) {
        return entries.stream().anyMatch(entry -> entry.channel() == channel);
    }
}
