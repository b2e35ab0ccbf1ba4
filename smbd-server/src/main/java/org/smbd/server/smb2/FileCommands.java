package org.smbd.server.smb2;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.smbd.protocol.smb2.ChangeNotifyRequest;
import org.smbd.protocol.smb2.CloseRequest;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.LockRequest;
import org.smbd.protocol.smb2.OplockBreakRequest;
import org.smbd.protocol.smb2.QueryDirectoryRequest;
import org.smbd.protocol.smb2.QueryInfoRequest;
import org.smbd.protocol.smb2.ReadRequest;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.protocol.smb2.WriteRequest;
import org.smbd.server.config.Leases;
import org.smbd.server.config.Limits;
import org.smbd.server.net.ServerInterfaces;
import org.smbd.server.persistent.HandleJournal;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.pipeline.CommandHandler;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;
import org.smbd.server.session.SessionTable;

/** The commands on files and pipes, a line each. */
public final class FileCommands implements CommandHandler {
    private final CreateHandler create;
    private final IoctlHandler ioctl;
    private final CloseHandler close = new CloseHandler();
    private final FlushHandler flush = new FlushHandler();
    private final ReadHandler read = new ReadHandler();
    private final WriteHandler write = new WriteHandler();
    private final LockHandler lock;
    private final QueryDirectoryHandler queryDirectory = new QueryDirectoryHandler();
    private final ChangeNotifyHandler changeNotify = new ChangeNotifyHandler();
    private final QueryInfoHandler queryInfo = new QueryInfoHandler();
    private final SetInfoHandler setInfo = new SetInfoHandler();
    private final OplockBreakHandler oplockBreak = new OplockBreakHandler();

    /**
     * All commands.
     *
     * @param pipes the named pipes of IPC$
     * @param limits what one open may hold, and how long it lasts
     * @param requests the pool that requests run on
     * @param interfaces what clients may connect to
     * @param leases which leases are granted
     * @param sessions where opens are that outlive their session
     * @param journal where opens are kept that outlive the server, if there are any
     */
    public FileCommands(
            PipeTree pipes,
            Limits limits,
            Executor requests,
            ServerInterfaces interfaces,
            Leases leases,
            SessionTable sessions,
            Optional<HandleJournal> journal) {
        this.lock = new LockHandler(limits.locksPerOpen());
        DurableHandles durables = new DurableHandles(sessions, limits, new PersistentHandles(journal));
        this.create = new CreateHandler(
                pipes, leases, durables, new CreateReplay(sessions, durables), new AppInstances(sessions));
        this.ioctl = new IoctlHandler(pipes, requests, interfaces, limits);
    }

    @Override
    public Reply handle(Request context, Smb2Request body) {
        return switch (context.header().command()) {
            case CREATE -> create.handle(context, (CreateRequest) body);
            case CLOSE -> close.handle(context, (CloseRequest) body);
            case FLUSH -> flush.handle(context, (FlushRequest) body);
            case READ -> read.handle(context, (ReadRequest) body);
            case WRITE -> write.handle(context, (WriteRequest) body);
            case LOCK -> lock.handle(context, (LockRequest) body);
            case IOCTL -> ioctl.handle(context, (IoctlRequest) body);
            case QUERY_DIRECTORY -> queryDirectory.handle(context, (QueryDirectoryRequest) body);
            case CHANGE_NOTIFY -> changeNotify.handle(context, (ChangeNotifyRequest) body);
            case QUERY_INFO -> queryInfo.handle(context, (QueryInfoRequest) body);
            case SET_INFO -> setInfo.handle(context, (SetInfoRequest) body);
            case OPLOCK_BREAK -> oplockBreak.handle(context, (OplockBreakRequest) body);
            case NEGOTIATE, SESSION_SETUP, LOGOFF, TREE_CONNECT, TREE_DISCONNECT, ECHO, CANCEL ->
                throw new IllegalArgumentException("no command on a file");
        };
    }
}
