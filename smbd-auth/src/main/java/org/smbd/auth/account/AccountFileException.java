package org.smbd.auth.account;

import java.io.IOException;

/** The account file is not what it should be; the message names file and line. */
public final class AccountFileException extends IOException {
    AccountFileException(String message) {
        super(message);
    }
}
