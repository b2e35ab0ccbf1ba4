package org.smbd.protocol.rpc.account;

import java.util.List;
import org.smbd.core.status.NtStatus;

/** The accounts and local groups of a server. May read a file: not for event loops. Safe for many threads. */
public interface AccountDirectory {
    /** All accounts, by name. */
    List<AccountEntry> accounts();

    /** The local groups of BUILTIN, by relative id. */
    List<AliasEntry> aliases();

    /**
     * Changes a password at its owner's wish. MS-SAMR 3.1.5.10.3 SamrUnicodeChangePasswordUser2.
     *
     * @param newPasswordEncrypted 516 bytes: MS-SAMR 2.2.6.21 SAMPR_ENCRYPTED_USER_PASSWORD, under the old NT hash
     * @param oldHashEncrypted 16 bytes: the old NT hash under the new one
     * @return SUCCESS; WRONG_PASSWORD, also where there is no such account; PASSWORD_RESTRICTION; ACCESS_DENIED where
     *     passwords cannot be changed here; ACCOUNT_LOCKED_OUT for a while after wrong ones
     */
    NtStatus changePassword(String account, byte[] newPasswordEncrypted, byte[] oldHashEncrypted);
}
