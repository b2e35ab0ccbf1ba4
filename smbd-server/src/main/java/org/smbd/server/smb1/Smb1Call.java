package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.DosTime;
import org.smbd.protocol.smb1.Smb1Block;
import org.smbd.protocol.smb1.Smb1Flags;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1Text;
import org.smbd.server.conn.Caller;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.Session;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.LockOwner;

/**
 * The facts of one message on its way through its chain of commands. Ids that one command makes are those that the next
 * one means. One thread at a time.
 */
final class Smb1Call {
    /** Locks know the lower half of a PID only, as those of LOCKING_ANDX do. */
    private static final int PID_OF_LOCKS_MASK = 0xFFFF;

    private static final int NO_FID = -1;

    private final Smb1Connection connection;
    private final Smb1Header header;
    private final Smb1Text text;
    private final List<OpenHandle> held = new ArrayList<>(1);
    private final List<Runnable> sentListeners = new ArrayList<>(0);
    private Smb1Block block;
    private int tid;
    private int uid;
    private int chainFid = NO_FID;

    Smb1Call(Smb1Connection connection, Smb1Header header) {
        this.connection = connection;
        this.header = header;
        this.text = header.text(connection.settings().oem());
        this.tid = header.tid();
        this.uid = header.uid();
    }

    Smb1Connection connection() {
        return connection;
    }

    Smb1Header header() {
        return header;
    }

    /** The command that is being done. */
    Smb1Block block() {
        return block;
    }

    void setBlock(Smb1Block next) {
        block = next;
    }

    Smb1Text text() {
        return text;
    }

    DosTime time() {
        return connection.time();
    }

    boolean has(int flags2) {
        return (header.flags2() & flags2) != 0;
    }

    /** Whether the client knows names that are not 8.3. */
    boolean knowsLongNames() {
        return has(Smb1Flags.FLAGS2_LONG_NAMES | Smb1Flags.FLAGS2_IS_LONG_NAME);
    }

    int tid() {
        return tid;
    }

    int uid() {
        return uid;
    }

    /** A log-in was begun or done: the answer, and commands behind it, are of this UID. */
    void setUid(int loggedIn) {
        uid = loggedIn;
    }

    /** A share was connected: the answer, and commands behind it, are of this TID. */
    void setTid(int connected) {
        tid = connected;
    }

    int pid() {
        return header.pid();
    }

    /** Whose locks are its own. */
    LockOwner owner() {
        return new LockOwner(pid() & PID_OF_LOCKS_MASK);
    }

    /** The session of the UID; SMB_BAD_UID where there is none. */
    Session session() {
        return connection.session(uid).orElseThrow(NtStatus.SMB_BAD_UID::exception);
    }

    Caller caller() {
        return new Caller(connection.connection(), session());
    }

    /** What the TID stands for; SMB_BAD_TID where there is nothing. */
    Smb1Tree tree() {
        return connection.trees().find(tid).orElseThrow(NtStatus.SMB_BAD_TID::exception);
    }

    /** The tree connect of this user. */
    TreeConnect share() {
        return tree().of(caller());
    }

    /** What a FID stands for, held until the message is answered; a command before this one in the chain names it. */
    Smb1Open open(int fid) {
        Smb1Open open = find(fid);
        if (!open.handle().acquire()) {
            throw NtStatus.INVALID_HANDLE.exception();
        }
        held.add(open.handle());
        return open;
    }

    /** The same, not held. */
    Smb1Open find(int fid) {
        Smb1Open open = connection
                .opens()
                .find(chainFid == NO_FID ? fid : chainFid)
                .orElseThrow(NtStatus.INVALID_HANDLE::exception);
        if (open.tree() != tree() || open.session() != session()) {
            throw NtStatus.INVALID_HANDLE.exception();
        }
        return open;
    }

    /** The file of a FID, held. */
    OpenResource.File file(int fid) {
        if (open(fid).handle().resource() instanceof OpenResource.File file) {
            return file;
        }
        throw NtStatus.INVALID_DEVICE_REQUEST.exception();
    }

    /** Registers what was opened; commands behind this one mean it. */
    Smb1Open opened(OpenResource resource) {
        return opened(resource, DosSharing.NONE, null);
    }

    /** The same for a file, perhaps by the rules of DOS. */
    Smb1Open opened(OpenResource resource, DosSharing dosMode, Smb1Breaks breaks) {
        Session session = session();
        TreeConnect share = share();
        Smb1Tree tree = tree();
        OpenHandle handle = session.register(share, resource);
        try {
            return named(
                    fid -> new Smb1Open(fid, handle, tree, session, pid(), dosMode, -1, new LockRefusals(), breaks));
        } catch (RuntimeException refused) {
            session.close(handle);
            throw refused;
        }
    }

    /** One more FID for what a FID of this process stands for already. */
    Smb1Open openedAgain(Smb1Open open, int rights) {
        return named(fid -> new Smb1Open(
                fid,
                open.handle(),
                open.tree(),
                open.session(),
                open.pid(),
                open.dosMode(),
                rights,
                new LockRefusals(),
                open.breaks()));
    }

    private Smb1Open named(IntFunction<Smb1Open> factory) {
        Smb1Open open = connection.opens().add(factory);
        chainFid = open.fid();
        return open;
    }

    /** A direct buffer; whoever asks owns it. */
    ByteBuf buffer(int bytes) {
        return connection.connection().transport().allocator().directBuffer(Math.max(1, bytes));
    }

    /** Has something done, which must not block, once the answer is on its way. */
    void onSent(Runnable listener) {
        sentListeners.add(listener);
    }

    /** The answer is on its way. */
    void sent() {
        sentListeners.forEach(Runnable::run);
        sentListeners.clear();
    }

    /** Gives back what is held. */
    void release() {
        held.forEach(OpenHandle::release);
        held.clear();
    }
}
