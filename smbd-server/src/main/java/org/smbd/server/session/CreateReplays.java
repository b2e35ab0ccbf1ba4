package org.smbd.server.session;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.smbd.core.type.Guid;

/**
 * The CREATEs that may be sent again: those of GlobalOpenTable whose Open.IsReplayEligible is TRUE, by Open.ClientGuid
 * and Open.CreateGuid, with those that are still under way. MS-SMB2 3.3.5.9.10 Handling the
 * SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2 Create Context.
 */
public final class CreateReplays {
    record Key(Guid client, Guid createGuid) {}

    private final ConcurrentMap<Key, ReplayableCreate> creates = new ConcurrentHashMap<>();

    /** The CREATE with these ids, under way or done. */
    public Optional<ReplayableCreate> find(Guid client, Guid createGuid) {
        ReplayableCreate create = creates.get(new Key(client, createGuid));
        if (create != null && create.isKnownToClient()) {
            create.forget();
            return Optional.empty();
        }
        return Optional.ofNullable(create);
    }

    /** Begins a CREATE; empty if there is one with these ids. */
    public Optional<ReplayableCreate> begin(Guid client, Guid createGuid) {
        Key key = new Key(client, createGuid);
        ReplayableCreate create = new ReplayableCreate(key, this);
        return creates.putIfAbsent(key, create) == null ? Optional.of(create) : Optional.empty();
    }

    /** How many there are. */
    public int size() {
        return creates.size();
    }

    void remove(ReplayableCreate create) {
        creates.remove(create.key(), create);
    }
}
