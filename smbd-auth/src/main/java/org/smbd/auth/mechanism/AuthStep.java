package org.smbd.auth.mechanism;

import java.time.Instant;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;

/** What one token of the client led to. MS-SMB2 3.3.5.5.3 Handling GSS-API Authentication. */
public sealed interface AuthStep {
    /**
     * The client must send another token.
     *
     * @param token for the answer with MORE_PROCESSING_REQUIRED
     */
    record Continue(byte[] token) implements AuthStep {}

    /**
     * The client is who it says, or is let in as guest or anonymous ({@link SecurityContext#kind()}).
     *
     * @param context who it is
     * @param sessionKey the whole key of the mechanism, 16 bytes or more. For a guest the client has another one, so
     *     nothing can be signed
     * @param token for the final answer; may be empty
     * @param mechanism for logs: {@code "NTLMv2"}
     * @param expires when the proof ends, where the mechanism limits it
     */
    record Done(SecurityContext context, byte[] sessionKey, byte[] token, String mechanism, Optional<Instant> expires)
            implements AuthStep {
        /** Says nothing about the key. */
        @Override
        public String toString() {
            return "Done[" + context.accountName() + ", " + context.kind() + ", " + mechanism + "]";
        }

        /** The same outcome with the token wrapped for the wire. */
        public Done withToken(byte[] wrapped) {
            return new Done(context, sessionKey, wrapped, mechanism, expires);
        }
    }

    /**
     * The client is refused.
     *
     * @param status what it is told
     * @param reason what the administrator is told, a plain sentence without secrets
     * @param account the name that it claimed, as far as it claimed one; written by the client, so of any content
     */
    record Failed(NtStatus status, String reason, Optional<String> account) implements AuthStep {}
}
