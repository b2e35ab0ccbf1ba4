package org.smbd.vfs.store;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;

/**
 * The identity that the kernel sees in file operations of the current thread: its own, for platform threads only.
 *
 * <p>A thread keeps an identity until it takes another one. So a thread that has worked for a user must call
 * {@link #restore()} before it does anything for the daemon itself, and threads must not be created by one that acts
 * for a user: they inherit its identity. A thread that cannot change its identity never does the operation.
 */
public final class Identities {
    private static final Logger LOG = LoggerFactory.getLogger(Identities.class);
    /** With it the kernel ignores quotas and the blocks reserved for root. */
    private static final int CAP_SYS_RESOURCE = 24;

    private static final int NOBODY = 65534;

    private static final class State {
        /** Null while it is not known. */
        PosixIdentity current;

        boolean limited;
    }

    private static final class Holder {
        static final Identities IDENTITIES = new Identities();
    }

    private final ThreadLocal<State> states = ThreadLocal.withInitial(State::new);
    /** Empty if identities cannot be changed. */
    private final Optional<Posix> posix;

    private final PosixIdentity daemon;

    private Identities() {
        posix = Posix.available().filter(Identities::isPrivileged);
        daemon = Posix.available()
                .map(calls -> new PosixIdentity(calls.geteuid(), calls.getegid(), calls.groups()))
                .orElse(PosixIdentity.ROOT);
        if (posix.isEmpty()) {
            LOG.warn("not privileged: all files are accessed as the user that runs the server");
        }
    }

    /** The process's; made before any thread has changed its identity. */
    static Identities ofProcess() {
        return Holder.IDENTITIES;
    }

    private static boolean isPrivileged(Posix calls) {
        if (calls.geteuid() != 0) {
            return false;
        }
        calls.setfsuid(NOBODY); // a container can have a root that may not
        boolean changed = calls.setfsuid(-1) == NOBODY;
        calls.setfsuid(0);
        return changed && calls.setgroups(calls.groups()) == 0;
    }

    /** Whether a thread can act as another user. */
    boolean isSupported() {
        return posix.isPresent();
    }

    /** From now on this thread acts as {@code who}; ACCESS_DENIED if that fails. */
    @SuppressWarnings("ReferenceEquality") // most often it is the very same object
    void become(PosixIdentity who) {
        if (posix.isEmpty()) {
            return;
        }
        State state = states.get();
        if (!who.equals(state.current)) {
            state.current = null;
            change(posix.get(), state, who);
            state.current = who;
        }
    }

    /** From now on this thread acts as the daemon. */
    void becomeDaemon() {
        become(daemon);
    }

    /** Whom this process runs as; the superuser where the host does not tell. */
    public static PosixIdentity daemon() {
        return ofProcess().daemon;
    }

    /** Makes the current thread act as the daemon again; cheap if it does. */
    public static void restore() {
        ofProcess().becomeDaemon();
    }

    private static void change(Posix calls, State state, PosixIdentity who) {
        if (!state.limited) {
            int result = calls.dropCapability(CAP_SYS_RESOURCE);
            if (result < 0) {
                throw refused(who, "CAP_SYS_RESOURCE cannot be dropped, errno " + -result);
            }
            state.limited = true;
        }
        int result = calls.setgroups(who.groups());
        if (result < 0) {
            throw refused(who, "setgroups failed with errno " + -result);
        }
        calls.setfsgid(who.gid());
        calls.setfsuid(who.uid());
        // neither tells whether it worked; an impossible id changes nothing and returns the one in force
        if (calls.setfsgid(-1) != who.gid() || calls.setfsuid(-1) != who.uid()) {
            throw refused(who, "the kernel kept the old identity");
        }
    }

    private static RuntimeException refused(PosixIdentity who, String reason) {
        LOG.error("cannot act as {}: {}", who, reason);
        return NtStatus.ACCESS_DENIED.exception();
    }
}
