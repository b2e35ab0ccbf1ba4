package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1SessionResponse;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.session.SessionTable;
import org.smbd.server.smb2.IoctlHandler;
import org.smbd.server.smb2.Logins;
import org.smbd.server.smb2.ShareConnector;

/** Hands each command to what does it, a line each. MS-CIFS 3.3.5 Processing Events and Sequencing Rules. */
public final class Smb1Dispatcher {
    private static final int ECHO_COUNT_MAX = 1;

    private final SessionSetupCommand sessionSetup;
    private final TreeCommands trees;
    private final OpenCommands opens;
    private final LockCommands locks;
    private final DataCommands data;
    private final TransactionCommands transactions;
    private final ScheduledExecutorService timer;

    /**
     * All commands.
     *
     * @param tokenBytesMax longest security token that is looked at
     * @param locksPerOpenMax byte-range locks that one open may hold
     * @param requests the pool that requests run on
     */
    public Smb1Dispatcher(
            Smb1Settings settings,
            SessionTable sessions,
            Logins logins,
            ShareConnector connector,
            PipeTree pipes,
            int tokenBytesMax,
            int locksPerOpenMax,
            ScheduledExecutorService timer,
            Executor requests) {
        this.timer = timer;
        sessionSetup = new SessionSetupCommand(sessions, logins, settings, tokenBytesMax, timer);
        trees = new TreeCommands(connector);
        opens = new OpenCommands(pipes);
        locks = new LockCommands(locksPerOpenMax, timer);
        data = new DataCommands(locks);
        NtTransactCommands nt = new NtTransactCommands(opens, new IoctlHandler(pipes, requests));
        PipeTransactions pipeTransactions = new PipeTransactions(pipes, new RapService(connector::visibleTo));
        transactions = new TransactionCommands(pipeTransactions::perform, Transaction2Commands::perform, nt::perform);
    }

    /** Runs what comes later; never blocks. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** Does the current command of a call. */
    Smb1Reply handle(Smb1Call call) {
        Smb1Command command = Smb1Command.of(call.block().command()).orElseThrow(NtStatus.SMB_BAD_COMMAND::exception);
        if (command.needsSession()) {
            call.session();
        }
        if (command.needsTree()) {
            call.tree();
        }
        return switch (command) {
            case NEGOTIATE -> throw MalformedMessage.connection(); // there is one, and it comes first
            case SESSION_SETUP_ANDX -> sessionSetup.handle(call);
            case LOGOFF_ANDX -> SessionSetupCommand.logoff(call);
            case TREE_CONNECT -> trees.connectCore(call);
            case TREE_CONNECT_ANDX -> trees.connectAndx(call);
            case TREE_DISCONNECT -> TreeCommands.disconnect(call);
            case ECHO -> echo(call);
            case PROCESS_EXIT -> OpenCommands.processExit(call);
            case OPEN -> opens.openCore(call);
            case OPEN_ANDX -> opens.openAndx(call);
            case NT_CREATE_ANDX -> opens.ntCreate(call);
            case CREATE -> OpenCommands.create(call, CreateDisposition.OVERWRITE_IF);
            case CREATE_NEW -> OpenCommands.create(call, CreateDisposition.CREATE);
            case CREATE_TEMPORARY -> OpenCommands.createTemporary(call);
            case CLOSE -> OpenCommands.close(call);
            case FLUSH -> OpenCommands.flush(call);
            case READ -> DataCommands.readCore(call);
            case READ_ANDX -> DataCommands.readAndx(call);
            case LOCK_AND_READ -> data.lockAndRead(call);
            case READ_RAW -> DataCommands.readRaw(call);
            case WRITE -> DataCommands.writeCore(call);
            case WRITE_ANDX -> DataCommands.writeAndx(call);
            case WRITE_AND_UNLOCK -> data.writeAndUnlock(call);
            case WRITE_AND_CLOSE -> DataCommands.writeAndClose(call);
            case WRITE_RAW, READ_MPX, WRITE_MPX -> DataCommands.refuseRaw(call);
            case SEEK -> DataCommands.seek(call);
            case LOCK_BYTE_RANGE -> locks.lockByteRange(call);
            case UNLOCK_BYTE_RANGE -> locks.unlockByteRange(call);
            case LOCKING_ANDX -> locks.lockingAndx(call);
            case CREATE_DIRECTORY -> PathCommands.createDirectory(call);
            case DELETE_DIRECTORY -> PathCommands.deleteDirectory(call);
            case CHECK_DIRECTORY -> PathCommands.checkDirectory(call);
            case DELETE -> PathCommands.delete(call);
            case RENAME -> PathCommands.rename(call);
            case NT_RENAME -> PathCommands.ntRename(call);
            case QUERY_INFORMATION -> PathCommands.queryInformation(call);
            case SET_INFORMATION -> PathCommands.setInformation(call);
            case QUERY_INFORMATION2 -> PathCommands.queryInformation2(call);
            case SET_INFORMATION2 -> PathCommands.setInformation2(call);
            case QUERY_INFORMATION_DISK -> PathCommands.queryInformationDisk(call);
            case SEARCH, FIND -> SearchCommands.search(call, false);
            case FIND_UNIQUE -> SearchCommands.search(call, true);
            case FIND_CLOSE -> SearchCommands.close(call);
            case FIND_CLOSE2 -> SearchCommands.close2(call);
            case TRANSACTION, TRANSACTION2, NT_TRANSACT -> transactions.start(call, command);
            case TRANSACTION_SECONDARY -> transactions.secondary(call, Smb1Command.TRANSACTION);
            case TRANSACTION2_SECONDARY -> transactions.secondary(call, Smb1Command.TRANSACTION2);
            case NT_TRANSACT_SECONDARY -> transactions.secondary(call, Smb1Command.NT_TRANSACT);
            case NT_CANCEL -> new Smb1Reply.None();
            case IOCTL, COPY, MOVE -> throw NtStatus.NOT_IMPLEMENTED.exception();
        };
    }

    /** SMB_COM_ECHO, MS-CIFS 3.3.5.32: however many answers are asked for, one is given. */
    private static Smb1Reply echo(Smb1Call call) {
        int count = call.block().words(1).u16();
        WireReader bytes = call.block().bytes();
        ByteBuf payload = bytes.rest();
        return count == 0 ? new Smb1Reply.None() : Smb1Reply.of(new Smb1SessionResponse.Echo(ECHO_COUNT_MAX, payload));
    }
}
