package org.smbd.auth.mechanism;

import java.util.Optional;

/**
 * One authentication of one session, from the first token to the last. Used by one thread at a time.
 *
 * <p>A step may read the account file and look a user up, so it never runs on an event loop.
 */
public interface AuthExchange {
    /**
     * Handles the client's next token.
     *
     * @param token untrusted bytes of any length
     */
    AuthStep step(byte[] token);

    /** What protects messages once the exchange is done; empty where both sides share no key. */
    default Optional<MessageProtection> protection() {
        return Optional.empty();
    }
}
