package org.smbd.server.pipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.auth.account.Account;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.FileMemberships;
import org.smbd.auth.account.Memberships;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.account.PrivilegeName;
import org.smbd.protocol.rpc.account.Privileges;

/** Privileges of this host: administrators hold all, accounts what they were granted. */
final class HostPrivileges implements Privileges {
    private static final Logger LOG = LoggerFactory.getLogger(HostPrivileges.class);

    private final AccountStore accounts;
    private final Memberships memberships;

    HostPrivileges(AccountStore accounts, Memberships memberships) {
        this.accounts = accounts;
        this.memberships = memberships;
    }

    @Override
    public List<Sid> holders() {
        List<Sid> holders = new ArrayList<>(List.of(Sid.BUILTIN_ADMINISTRATORS));
        accounts.list().stream()
                .filter(account -> !memberships.privilegesOf(account.name()).isEmpty())
                .forEach(account -> holders.add(accounts.machineSid().child(account.rid())));
        return holders;
    }

    @Override
    public Set<PrivilegeName> of(Sid sid) {
        if (sid.equals(Sid.BUILTIN_ADMINISTRATORS)) {
            return EnumSet.allOf(PrivilegeName.class);
        }
        Set<PrivilegeName> held = EnumSet.noneOf(PrivilegeName.class);
        account(sid)
                .ifPresent(account -> memberships
                        .privilegesOf(account.name())
                        .forEach(privilege ->
                                PrivilegeName.of(privilege.toString()).ifPresent(held::add)));
        return held;
    }

    private Optional<Account> account(Sid sid) {
        return accounts.list().stream()
                .filter(account -> accounts.machineSid().child(account.rid()).equals(sid))
                .findFirst();
    }

    @Override
    public boolean change(Sid sid, Set<PrivilegeName> granted, Set<PrivilegeName> taken) {
        Optional<Account> account = account(sid);
        if (account.isEmpty() || !(memberships instanceof FileMemberships file)) {
            return false;
        }
        try {
            for (PrivilegeName name : granted) {
                file.setPrivilege(privilege(name), account.get().name(), true);
            }
            for (PrivilegeName name : taken) {
                file.setPrivilege(privilege(name), account.get().name(), false);
            }
            return true;
        } catch (IOException e) {
            LOG.error("privileges of {} could not be kept: {}", account.get().name(), e.toString());
            return false;
        }
    }

    private static Privilege privilege(PrivilegeName name) {
        return Privilege.of(name.toString()).orElseThrow();
    }
}
