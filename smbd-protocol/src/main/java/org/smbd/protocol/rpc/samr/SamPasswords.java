package org.smbd.protocol.rpc.samr;

import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.account.AccountDirectory;

/** Users change their own passwords, which they prove to know. MS-SAMR 3.1.5.10 Change Password Pattern. */
final class SamPasswords {
    /** MS-SAMR 2.2.6.21 SAMPR_ENCRYPTED_USER_PASSWORD. */
    static final int ENCRYPTED_PASSWORD_BYTES = 516;

    static final int ENCRYPTED_HASH_BYTES = 16;

    private final AccountDirectory accounts;

    SamPasswords(AccountDirectory accounts) {
        this.accounts = accounts;
    }

    /**
     * MS-SAMR 3.1.5.10.3 SamrUnicodeChangePasswordUser2, and SamrUnicodeChangePasswordUser3 (opnum 63), which tells
     * more about a refusal.
     */
    void change(NdrReader in, NdrWriter out, boolean third) {
        if (in.pointer()) { // ServerName
            in.countedString();
        }
        String account = in.countedString(); // UserName
        Optional<byte[]> newPassword = block(in, ENCRYPTED_PASSWORD_BYTES); // NewPasswordEncryptedWithOldNt
        Optional<byte[]> oldHash = block(in, ENCRYPTED_HASH_BYTES); // OldNtOwfPasswordEncryptedWithNewNt
        in.i8(); // LmPresent
        block(in, ENCRYPTED_PASSWORD_BYTES); // NewPasswordEncryptedWithOldLm: LM hashes are not kept
        block(in, ENCRYPTED_HASH_BYTES); // OldLmOwfPasswordEncryptedWithNewLmOrNt
        NtStatus status = newPassword.isEmpty() || oldHash.isEmpty()
                ? NtStatus.WRONG_PASSWORD
                : accounts.changePassword(account, newPassword.get(), oldHash.get());
        if (third) {
            out.nullPointer(); // the domain's rules: none
            out.nullPointer(); // the reason of a refusal
        }
        out.i32(status.code());
    }

    private static Optional<byte[]> block(NdrReader in, int bytes) {
        return in.pointer() ? Optional.of(in.bytes(bytes)) : Optional.empty();
    }
}
