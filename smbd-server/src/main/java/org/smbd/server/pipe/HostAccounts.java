package org.smbd.server.pipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.auth.account.Account;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.BuiltinGroup;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.auth.account.Memberships;
import org.smbd.auth.account.PasswordChange;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.account.AccountDirectory;
import org.smbd.protocol.rpc.account.AccountEntry;
import org.smbd.protocol.rpc.account.AliasEntry;

/** The accounts of this host and the groups of BUILTIN. */
final class HostAccounts implements AccountDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HostAccounts.class);

    /** MS-DTYP 2.4.2.4: DOMAIN_USER_RID_GUEST. */
    static final int GUEST_RID = 501;

    private final AccountStore accounts;
    private final String guestAccount;
    private final Memberships memberships;

    /** @param guestAccount the name of guests */
    HostAccounts(AccountStore accounts, String guestAccount, Memberships memberships) {
        this.guestAccount = guestAccount;
        this.accounts = accounts;
        this.memberships = memberships;
    }

    @Override
    public List<AccountEntry> accounts() {
        List<AccountEntry> all = new ArrayList<>();
        if (accounts.find(guestAccount).isEmpty()) {
            all.add(new AccountEntry(guestAccount, GUEST_RID, "", true, true, 0)); // nobody logs in as a guest
        }
        accounts.list().stream()
                .map(account -> new AccountEntry(
                        account.name(),
                        account.rid(),
                        "",
                        account.disabled(),
                        account.passwordNeverExpires(),
                        FileTime.of(account.passwordLastSet())))
                .forEach(all::add);
        return all;
    }

    @Override
    public List<AliasEntry> aliases() {
        return Arrays.stream(BuiltinGroup.values())
                .map(group -> new AliasEntry(group.toString(), rid(group.sid()), members(group)))
                .toList();
    }

    private static int rid(Sid sid) {
        return sid.subAuthorities().get(sid.subAuthorities().size() - 1);
    }

    private List<Sid> members(BuiltinGroup group) {
        return accounts.list().stream()
                .filter(account -> memberships.groupsOf(account.name()).contains(group.sid()))
                .map(account -> accounts.machineSid().child(account.rid()))
                .toList();
    }

    @Override
    public NtStatus changePassword(String name, byte[] newPasswordEncrypted, byte[] oldHashEncrypted) {
        Optional<Account> account = accounts.find(name).filter(found -> !found.disabled());
        if (account.isEmpty()) {
            return NtStatus.WRONG_PASSWORD; // whether there is such an account is nobody's business
        }
        Optional<String> password =
                PasswordChange.newPassword(account.get().ntHash(), newPasswordEncrypted, oldHashEncrypted);
        if (password.isEmpty()) {
            LOG.info(
                    "somebody wanted to change the password of {} and did not know it",
                    account.get().name());
            return NtStatus.WRONG_PASSWORD;
        }
        if (password.get().isEmpty()) {
            return NtStatus.PASSWORD_RESTRICTION;
        }
        if (!(accounts instanceof FileAccountStore file)) {
            return NtStatus.ACCESS_DENIED;
        }
        try {
            file.setPassword(account.get().name(), password.get());
            LOG.info("{} has changed the password", account.get().name().toLowerCase(Locale.ROOT));
            return NtStatus.SUCCESS;
        } catch (IOException e) {
            LOG.error(
                    "a new password of {} could not be kept: {}", account.get().name(), e.toString());
            return NtStatus.UNSUCCESSFUL;
        }
    }
}
