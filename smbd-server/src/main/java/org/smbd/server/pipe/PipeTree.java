package org.smbd.server.pipe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.AssociationGroups;
import org.smbd.protocol.rpc.RpcConnection;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.server.conn.Caller;

/** The named pipes of IPC$: which there are, and what is behind them. Opening one never waits. */
public final class PipeTree {
    private final AssociationGroups groups = new AssociationGroups();

    /** Makes what is behind a pipe, for the one who opens it. */
    private final Map<String, Function<Caller, List<RpcInterface>>> services;

    private final Supplier<AuthExchange> logins;

    /**
     * The pipes of a server.
     *
     * @param services what is behind each, by its name in lower case, for the one who opens it
     * @param logins begins an authentication within a pipe
     */
    public PipeTree(Map<String, Function<Caller, List<RpcInterface>>> services, Supplier<AuthExchange> logins) {
        this.services = Map.copyOf(services);
        this.logins = logins;
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
        Function<Caller, List<RpcInterface>> service = services.get(key(name));
        if (service == null) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        String path = "\\PIPE\\" + key(name);
        return new PipeOpen(
                path,
                new RpcConnection(
                        service.apply(caller),
                        path,
                        groups,
                        caller.session().securityContext().userSid(),
                        Optional.of(() -> new PipeSecurity(logins.get(), caller))));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
