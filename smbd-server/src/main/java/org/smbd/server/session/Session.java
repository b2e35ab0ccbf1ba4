package org.smbd.server.session;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;

/**
 * Who is logged in, and what that user has connected and opened: MS-SMB2 3.3.1.8 Per Session.
 *
 * <pre>
 *   IN_PROGRESS --establish--> VALID --expire--> EXPIRED --establish--> VALID
 *        |                       |                  |
 *        +-----------------------+------- close ----+--> CLOSED
 * </pre>
 */
public final class Session {
    /** Session.State; CLOSED sessions are in no table. */
    public enum State {
        IN_PROGRESS,
        VALID,
        EXPIRED,
        CLOSED
    }

    /**
     * What a log-in settled; a re-authentication replaces it as a whole.
     *
     * @param context Session.SecurityContext
     * @param security signing and encryption keys; a re-authentication keeps them
     * @param signingRequired Session.SigningRequired
     * @param encryptData Session.EncryptData
     * @param expires Session.ExpirationTime; empty: never
     */
    public record Established(
            SecurityContext context,
            MessageSecurity security,
            boolean signingRequired,
            boolean encryptData,
            Optional<Instant> expires) {}

    private final long begunNanos = System.nanoTime();
    private final long sessionId;
    private final Dialect dialect;
    private final int treesMax;
    private final OpenBudget budget;
    private final DurableOpens durableOpens;
    private final AtomicReference<State> state = new AtomicReference<>(State.IN_PROGRESS);
    private final ConcurrentMap<Integer, TreeConnect> trees = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, OpenHandle> opens = new ConcurrentHashMap<>();
    private final AtomicInteger lastTreeId = new AtomicInteger();
    private final AtomicInteger openCount = new AtomicInteger();
    private final List<Runnable> closeListeners = new CopyOnWriteArrayList<>();
    private final Channels channels = new Channels();
    private volatile Established established;
    private volatile boolean lastSigned;
    private volatile boolean receivedSealed;

    public Session(long sessionId, Dialect dialect, int treesMax, OpenBudget budget, DurableOpens durableOpens) {
        this.sessionId = sessionId;
        this.dialect = dialect;
        this.treesMax = treesMax;
        this.budget = budget;
        this.durableOpens = durableOpens;
    }

    public long sessionId() {
        return sessionId;
    }

    /** When its log-in began, by {@link System#nanoTime}. */
    public long begunNanos() {
        return begunNanos;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Session.State; a VALID session whose time is over turns EXPIRED here. */
    public State state(Instant now) {
        Established facts = established;
        if (facts != null
                && facts.expires().isPresent()
                && !now.isBefore(facts.expires().get())) {
            state.compareAndSet(State.VALID, State.EXPIRED);
        }
        return state.get();
    }

    /** Whether it is over. */
    public boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    /** What the log-in settled; empty before its end. */
    public Optional<Established> established() {
        return Optional.ofNullable(established);
    }

    /** Who is logged in; only of sessions that were established. */
    public SecurityContext securityContext() {
        return established.context();
    }

    /** Session.SigningKey and the keys for encryption; only of sessions that were established. */
    public MessageSecurity security() {
        return established.security();
    }

    /**
     * The same with Channel.SigningKey; only of sessions that were established. A connection that is not, or no more,
     * one of its channels signs with the session's own key: MS-SMB2 3.3.5.2.4 Verifying the Signature.
     */
    public MessageSecurity security(Channel channel) {
        return channels.security(channel, established.security());
    }

    /** Session.SigningRequired. */
    public boolean signingRequired() {
        Established facts = established;
        return facts != null && facts.signingRequired();
    }

    /** Session.EncryptData. */
    public boolean encryptData() {
        Established facts = established;
        return facts != null && facts.encryptData();
    }

    /** Notes whether a message that came, and is not sealed, was signed. */
    public void received(boolean signed) {
        if (lastSigned != signed) { // few clients change their mind, and writing costs other threads their cache line
            lastSigned = signed;
        }
    }

    /**
     * Whether the client signs what it sends, and so is answered with signatures: the last message tells. One signed
     * message alone does not, for every client of 3.1.1 signs its TREE_CONNECT.
     */
    public boolean signs() {
        return lastSigned;
    }

    /** Notes that a good sealed message came. */
    public void receivedSealed() {
        receivedSealed = true;
    }

    /** Whether the client encrypts, as far as is known. */
    public boolean hasReceivedSealed() {
        return receivedSealed;
    }

    /** The log-in, or a re-authentication, is complete. False if the session was closed meanwhile. */
    public boolean establish(Established facts) {
        established = facts;
        return state.updateAndGet(now -> now == State.CLOSED ? now : State.VALID) == State.VALID;
    }

    /**
     * Inserts a tree connect under a new TreeId: MS-SMB2 3.3.5.7 Receiving an SMB2 TREE_CONNECT Request.
     *
     * @throws org.smbd.core.status.SmbException INSUFFICIENT_RESOURCES above the limit
     */
    public TreeConnect connect(TreeConnect.Factory factory) {
        TreeConnect tree = factory.create(lastTreeId.incrementAndGet());
        if (trees.size() >= treesMax) {
            tree.onDisconnect().run();
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
        trees.put(tree.treeId(), tree);
        if (state.get() == State.CLOSED) {
            disconnect(tree);
            throw NtStatus.USER_SESSION_DELETED.exception();
        }
        return tree;
    }

    public Optional<TreeConnect> tree(int treeId) {
        return Optional.ofNullable(trees.get(treeId));
    }

    /** The tree connects; a live view. */
    public Collection<TreeConnect> trees() {
        return Collections.unmodifiableCollection(trees.values());
    }

    /** Removes a tree connect and closes its opens, as their last requests end; may block on the disk. */
    public void disconnect(TreeConnect tree) {
        if (trees.remove(tree.treeId(), tree)) {
            try {
                for (OpenHandle open : opens.values()) {
                    if (open.tree() == tree) {
                        close(open);
                    }
                }
            } finally {
                tree.onDisconnect().run();
            }
        }
    }

    /**
     * Gives an open resource its FileId. If that is refused, the resource is closed.
     *
     * @throws org.smbd.core.status.SmbException INSUFFICIENT_RESOURCES above the limits, NETWORK_NAME_DELETED or
     *     USER_SESSION_DELETED if tree or session went meanwhile
     */
    public OpenHandle register(TreeConnect tree, OpenResource resource) {
        try {
            budget.take(openCount.incrementAndGet());
        } catch (RuntimeException refused) {
            openCount.decrementAndGet();
            resource.close();
            throw refused;
        }
        OpenHandle open = new OpenHandle(budget.nextFileId(), tree, resource, this::openGone);
        insert(open);
        return open;
    }

    private void insert(OpenHandle open) {
        TreeConnect tree = open.tree();
        opens.put(open.fileId().volatileId(), open);
        if (state.get() == State.CLOSED) {
            close(open);
            throw NtStatus.USER_SESSION_DELETED.exception();
        }
        if (!trees.containsKey(tree.treeId())) {
            close(open);
            throw NtStatus.NETWORK_NAME_DELETED.exception();
        }
    }

    /** Demands that one more open fits in: INSUFFICIENT_RESOURCES. */
    void requireRoom() {
        budget.requireRoom(openCount.get() + 1);
    }

    /** Goes on with an open that another session had: MS-SMB2 3.3.5.9.7, 3.3.5.9.12. */
    OpenHandle adopt(TreeConnect tree, ParkedOpen parked) {
        openCount.incrementAndGet();
        OpenHandle open = OpenHandle.continuing(parked.handle(), tree, this, this::openGone);
        insert(open);
        return open;
    }

    /** The open of a FileId, if both halves match. */
    public Optional<OpenHandle> find(FileId fileId) {
        OpenHandle open = opens.get(fileId.volatileId());
        return open != null && open.fileId().equals(fileId) ? Optional.of(open) : Optional.empty();
    }

    /** Removes an open; its resource is closed when no request uses it any more, which may be now. */
    public void close(OpenHandle open) {
        opens.remove(open.fileId().volatileId(), open);
        open.close();
    }

    /** The opens; a live view. */
    public Collection<OpenHandle> opens() {
        return Collections.unmodifiableCollection(opens.values());
    }

    /** Session.ChannelList: the connections that it is used over, the oldest first. */
    public List<Channel> channels() {
        return channels.all();
    }

    /** The connection that begins the session. */
    public void addChannel(Channel channel) {
        channels.add(channel, null, 1);
    }

    /**
     * Binds one more connection.
     *
     * @param security what it signs with
     * @param channelsMax how many the session may have
     * @throws org.smbd.core.status.SmbException USER_SESSION_DELETED if the session is over, REQUEST_NOT_ACCEPTED if
     *     the connection is bound already, INSUFFICIENT_RESOURCES above the limit
     */
    public void bind(Channel channel, MessageSecurity security, int channelsMax) {
        channels.add(channel, security, channelsMax);
    }

    /** MS-SMB2 3.3.7.1 Handling Loss of a Connection; the session ends with its last channel, which may block. */
    public void lost(Channel channel) {
        if (channels.remove(channel)) {
            close();
        }
    }

    /** Has something done when the session is closed; at once if it is. */
    public void onClose(Runnable listener) {
        closeListeners.add(listener);
        if (state.get() == State.CLOSED && closeListeners.remove(listener)) {
            listener.run();
        }
    }

    /** Ends the session with its trees and opens, but for those that outlive it; may block on the disk. Idempotent. */
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        channels.end();
        try {
            opens.values().forEach(this::leave); // ends what waits on them, each wait in its own way
        } finally {
            List.copyOf(trees.values()).forEach(this::disconnect);
            channels.all().forEach(channel -> channel.ended(this));
            for (Runnable listener : List.copyOf(closeListeners)) {
                if (closeListeners.remove(listener)) {
                    listener.run();
                }
            }
        }
    }

    private void leave(OpenHandle open) {
        if (durableOpens.park(open)) {
            opens.remove(open.fileId().volatileId(), open); // now, so that its client finds it at any time
        } else {
            close(open);
        }
    }

    private void openGone() {
        openCount.decrementAndGet();
        budget.giveBack();
    }
}
