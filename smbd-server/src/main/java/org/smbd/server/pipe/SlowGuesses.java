package org.smbd.server.pipe;

import java.net.InetAddress;
import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.account.AccountDirectory;
import org.smbd.protocol.rpc.account.AccountEntry;
import org.smbd.protocol.rpc.account.AliasEntry;
import org.smbd.server.smb2.Logins;

/**
 * Who tries passwords by changing them is slowed down as one who tries to log in. An answer over a pipe cannot wait, so
 * that what comes too early is refused unseen.
 */
final class SlowGuesses implements AccountDirectory {
    private final AccountDirectory accounts;
    private final Logins logins;
    private final InetAddress from;

    SlowGuesses(AccountDirectory accounts, Logins logins, InetAddress from) {
        this.accounts = accounts;
        this.logins = logins;
        this.from = from;
    }

    @Override
    public List<AccountEntry> accounts() {
        return accounts.accounts();
    }

    @Override
    public List<AliasEntry> aliases() {
        return accounts.aliases();
    }

    @Override
    public NtStatus changePassword(String account, byte[] newPasswordEncrypted, byte[] oldHashEncrypted) {
        if (logins.isHeldUp(account, from)) {
            return NtStatus.ACCOUNT_LOCKED_OUT;
        }
        NtStatus status = accounts.changePassword(account, newPasswordEncrypted, oldHashEncrypted);
        if (status == NtStatus.WRONG_PASSWORD) {
            logins.failed(account, from);
        } else if (status == NtStatus.SUCCESS) {
            logins.succeeded(account, from);
        }
        return status;
    }
}
