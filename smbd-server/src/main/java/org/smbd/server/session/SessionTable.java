package org.smbd.server.session;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.server.persistent.KeptOpen;

/** GlobalSessionTable: MS-SMB2 3.3.1.5 Global. The sessions of all connections, by their ids. */
public final class SessionTable {
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<Long, Session> sessions = new ConcurrentHashMap<>();
    private final int treesPerSessionMax;
    private final OpenBudget budget;
    private final DurableOpens durableOpens;
    private final CreateReplays createReplays = new CreateReplays();

    public SessionTable(int treesPerSessionMax, OpenBudget budget, DurableOpens durableOpens) {
        this.treesPerSessionMax = treesPerSessionMax;
        this.budget = budget;
        this.durableOpens = durableOpens;
    }

    /**
     * A new session in progress, with an id that is hard to guess; it leaves the table when it is closed. As other
     * servers do, we leave the upper half of the id zero: there are clients that keep 32 bits of it.
     */
    public Session create(Dialect dialect) {
        while (true) {
            long id = Integer.toUnsignedLong(random.nextInt());
            if (id == 0 || id == 0xFFFF_FFFFL) { // 3.3.5.5.1: reserved
                continue;
            }
            Session session = new Session(id, dialect, treesPerSessionMax, budget, durableOpens);
            if (sessions.putIfAbsent(id, session) == null) {
                session.onClose(() -> sessions.remove(id, session));
                return session;
            }
        }
    }

    /**
     * A new session of SMB1, which has ids within its connection only: it is in no table. It counts as one of the
     * oldest dialect.
     */
    public Session createOutside(long id) {
        return new Session(id, Dialect.SMB_2_0_2, treesPerSessionMax, budget, durableOpens);
    }

    public Optional<Session> find(long sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    /** The session that has an open with this FileId.Persistent. */
    public Optional<Session> findByOpen(long persistentId) {
        return sessions.values().stream()
                .filter(session ->
                        session.opens().stream().anyMatch(open -> open.fileId().persistentId() == persistentId))
                .findFirst();
    }

    /**
     * An open of before the server was started, which waits for its client.
     *
     * @param tree what its share is
     */
    public OpenHandle revive(TreeConnect tree, OpenResource.File file, KeptOpen kept, Durability durability) {
        budget.takeRevived();
        long id = kept.description().persistentId();
        OpenHandle open = new OpenHandle(budget.nextFileId(id), tree, file, budget::giveBack);
        open.setKept(kept);
        open.setDurability(durability);
        kept.lockSequences().forEach(sequence -> open.lockSequences().succeeded(sequence.index(), sequence.number()));
        return open;
    }

    /** What outlives its session. */
    public DurableOpens durableOpens() {
        return durableOpens;
    }

    /** The CREATEs that may be sent again. */
    public CreateReplays createReplays() {
        return createReplays;
    }

    /** All of them; a live view. */
    public Collection<Session> all() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    /** How many tree connects a share has, in all sessions. */
    public int uses(String share) {
        int uses = 0;
        for (Session session : sessions.values()) {
            for (TreeConnect tree : session.trees()) {
                uses += tree.share().name().equalsIgnoreCase(share) ? 1 : 0;
            }
        }
        return uses;
    }

    /** The opens of all of them. */
    public OpenBudget budget() {
        return budget;
    }
}
