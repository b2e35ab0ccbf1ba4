package org.smbd.server.pipe;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.Memberships;
import org.smbd.auth.account.UnixDirectory;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.account.AccountDirectory;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.host.Dssetup;
import org.smbd.protocol.rpc.host.HostFacts;
import org.smbd.protocol.rpc.host.Mgmt;
import org.smbd.protocol.rpc.host.Svcctl;
import org.smbd.protocol.rpc.host.Winreg;
import org.smbd.protocol.rpc.host.Wkssvc;
import org.smbd.protocol.rpc.lsa.Lsarpc;
import org.smbd.protocol.rpc.samr.Samr;
import org.smbd.protocol.rpc.srvsvc.ShareDirectory;
import org.smbd.protocol.rpc.srvsvc.Srvsvc;
import org.smbd.server.config.Names;
import org.smbd.server.conn.Caller;
import org.smbd.server.net.ServerInterfaces;
import org.smbd.server.session.SessionTable;
import org.smbd.server.smb2.Logins;

/** What is behind each pipe of this server. */
public final class PipeServices {
    /** Old clients reach the names of accounts through it. MS-LSAT 2.1 Transport. */
    private static final String NETLOGON_PIPE = "netlogon";

    private static final int ROOT = 0;

    private final HostFacts facts;
    private final HostNames names;
    private final HostAccounts accounts;
    private final HostPrivileges privileges;
    private final HostUsage usage;
    private final Predicate<Caller> administrators;
    private final Logins logins;

    /**
     * The services of a host.
     *
     * @param guestAccount the name of guests
     * @param administrators who may change the server beside the members of BUILTIN\\Administrators
     * @param logins counts wrong passwords, wherever they are tried
     * @param startTime FILETIME of the server's start
     */
    public PipeServices(
            Names names,
            AccountStore accounts,
            Memberships memberships,
            UnixDirectory directory,
            String guestAccount,
            SessionTable sessions,
            ServerInterfaces interfaces,
            Predicate<Caller> administrators,
            Logins logins,
            long startTime) {
        this.facts = new HostFacts(names.netbiosName(), names.workgroup(), startTime, List.of());
        this.names = new HostNames(names, accounts, guestAccount, directory);
        this.accounts = new HostAccounts(accounts, guestAccount, memberships);
        this.usage = new HostUsage(sessions, interfaces);
        this.administrators = administrators;
        this.logins = logins;
        this.privileges = new HostPrivileges(accounts, memberships);
    }

    /**
     * By the names of their pipes; each is made for the one who opens it.
     *
     * @param shares what the caller of a request may see of the server's shares
     */
    public Map<String, Function<Caller, List<RpcInterface>>> all(Function<Caller, ShareDirectory> shares) {
        Map<String, Function<Caller, List<RpcInterface>>> services = new HashMap<>();
        services.put(
                Srvsvc.PIPE,
                caller -> managed(new Srvsvc(
                        shares.apply(caller), usage, identity(caller), Clock.system(ZoneId.systemDefault()))));
        services.put(Wkssvc.PIPE, caller -> managed(new Wkssvc(facts, identity(caller))));
        services.put(Lsarpc.PIPE, this::securityAuthority);
        services.put(NETLOGON_PIPE, this::securityAuthority);
        services.put(Samr.PIPE, caller -> managed(new Samr(names, slowedDown(caller), identity(caller))));
        services.put(Svcctl.PIPE, caller -> managed(new Svcctl(identity(caller))));
        services.put(Winreg.PIPE, caller -> managed(new Winreg(facts, identity(caller))));
        return services;
    }

    private List<RpcInterface> securityAuthority(Caller caller) {
        return managed(new Lsarpc(names, privileges, identity(caller)), new Dssetup(facts));
    }

    private AccountDirectory slowedDown(Caller caller) {
        return new SlowGuesses(accounts, logins, caller.connection().peer().address());
    }

    private List<RpcInterface> managed(RpcInterface... services) {
        List<RpcInterface> all = new ArrayList<>(List.of(services));
        all.add(new Mgmt(all.stream().map(RpcInterface::syntax).toList(), facts.computerName()));
        return all;
    }

    private ClientIdentity identity(Caller caller) {
        SecurityContext who = caller.session().securityContext();
        boolean superuser =
                who.posix().filter(identity -> identity.uid() == ROOT).isPresent();
        boolean administrator = who.is(Sid.BUILTIN_ADMINISTRATORS)
                || who.kind() == SecurityContext.Kind.USER && (superuser || administrators.test(caller));
        return new ClientIdentity(who.accountName(), names.accountDomain(), administrator, who.isAnonymous());
    }
}
