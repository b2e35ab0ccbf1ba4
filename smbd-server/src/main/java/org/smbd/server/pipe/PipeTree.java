package org.smbd.server.pipe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.RpcConnection;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.ShareDirectory;
import org.smbd.protocol.rpc.Srvsvc;
import org.smbd.server.conn.Caller;

/** The named pipes of IPC$: which there are, and what is behind them. Opening one never waits. */
public final class PipeTree {
    /** Makes what is behind a pipe, for the one who opens it. */
    private final Map<String, Function<Caller, RpcInterface>> services;

    private final AtomicInteger associationGroups = new AtomicInteger();

    /**
     * @param shares what a caller may see of the server's shares
     */
    public PipeTree(Function<Caller, ShareDirectory> shares) {
        this.services = Map.of(Srvsvc.PIPE, caller -> new Srvsvc(shares.apply(caller)));
    }

    /** Whether there is a pipe of that name, in any case. */
    public boolean exists(String name) {
        return services.containsKey(key(name));
    }

    /**
     * Opens a pipe.
     *
     * @throws org.smbd.core.status.SmbException OBJECT_NAME_NOT_FOUND where there is none of that name
     */
    public PipeOpen open(String name, Caller caller) {
        Function<Caller, RpcInterface> service = services.get(key(name));
        if (service == null) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        return new PipeOpen(new RpcConnection(
                List.of(service.apply(caller)), "\\PIPE\\" + key(name), associationGroups.incrementAndGet()));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
