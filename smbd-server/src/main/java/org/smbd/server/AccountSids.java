package org.smbd.server;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.smbd.auth.account.Account;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.UnixDirectory;
import org.smbd.core.type.Sid;
import org.smbd.vfs.security.SidMapping;
import org.smbd.vfs.store.Identities;

/**
 * A user of the host that has an account is shown as that account; every other one, and groups, by their Unix SIDs. Who
 * asks works for a user, and the files behind the answers are the daemon's.
 */
record AccountSids(AccountStore accounts, UnixDirectory directory) implements SidMapping {
    @Override
    public Sid user(int uid) {
        Identities.restore();
        return directory
                .userName(uid)
                .flatMap(accounts::find)
                .map(account -> accounts.machineSid().child(account.rid()))
                .orElseGet(() -> Sid.unixUser(uid));
    }

    @Override
    public Sid group(int gid) {
        return Sid.unixGroup(gid);
    }

    @Override
    public OptionalInt uid(Sid sid) {
        Identities.restore();
        Optional<Account> account = account(sid);
        if (account.isEmpty()) {
            return SidMapping.UNIX.uid(sid);
        }
        return account.flatMap(found -> directory.user(found.name()))
                .map(user -> OptionalInt.of(user.identity().uid()))
                .orElseGet(OptionalInt::empty);
    }

    private Optional<Account> account(Sid sid) {
        List<Integer> parts = sid.subAuthorities();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        int rid = parts.get(parts.size() - 1);
        return accounts.machineSid().child(rid).equals(sid) ? accounts.byRid(rid) : Optional.empty();
    }

    @Override
    public OptionalInt gid(Sid sid) {
        return SidMapping.UNIX.gid(sid);
    }
}
