package org.smbd.server.access;

import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;

/** What a tree connect comes to. */
public sealed interface ShareAccess {
    /**
     * The client may connect.
     *
     * @param writable whether it may change anything
     * @param context as whom it acts
     */
    record Granted(boolean writable, SecurityContext context) implements ShareAccess {}

    /**
     * The client may not connect.
     *
     * @param status what it is told
     * @param parameter the parameter that decided
     * @param reason a sentence for the log
     */
    record Denied(NtStatus status, String parameter, String reason) implements ShareAccess {}
}
