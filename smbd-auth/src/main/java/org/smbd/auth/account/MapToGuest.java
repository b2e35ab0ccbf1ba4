package org.smbd.auth.account;

/** Which failed logins are let in as the guest account: the parameter {@code map to guest}. */
public enum MapToGuest {
    NEVER,
    /** The name is unknown. */
    BAD_USER,
    /** The name is unknown or the password wrong. */
    BAD_PASSWORD;

    public boolean coversUnknownUser() {
        return this != NEVER;
    }

    public boolean coversWrongPassword() {
        return this == BAD_PASSWORD;
    }
}
