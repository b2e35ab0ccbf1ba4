package org.smbd.auth.account;

import java.time.Instant;

/**
 * Someone who may log in.
 *
 * @param name as the administrator wrote it; compared without case
 * @param rid last part of the SID
 * @param ntHash NTOWFv1 of the password (MS-NLMP 3.3.1), 16 bytes; as good as the password itself
 * @param disabled whether logging in is refused
 * @param passwordNeverExpires whether the password's age does not count
 * @param passwordLastSet when the password was set
 */
public record Account(
        String name, int rid, byte[] ntHash, boolean disabled, boolean passwordNeverExpires, Instant passwordLastSet) {
    /** Says nothing about the password. */
    @Override
    public String toString() {
        return "Account[" + name + ", " + rid + (disabled ? ", disabled]" : "]");
    }

    Account withHash(byte[] hash, Instant now) {
        return new Account(name, rid, hash, disabled, passwordNeverExpires, now);
    }

    Account withDisabled(boolean nowDisabled) {
        return new Account(name, rid, ntHash, nowDisabled, passwordNeverExpires, passwordLastSet);
    }
}
