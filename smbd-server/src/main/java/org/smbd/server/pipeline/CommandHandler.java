package org.smbd.server.pipeline;

import org.smbd.protocol.smb2.Smb2Request;

/** What the pipeline hands proven requests to: one entry for all commands. */
@FunctionalInterface
public interface CommandHandler {
    /** Does what a request asks. May block on the disk. */
    Reply handle(Request context, Smb2Request body);

    /** Whether a request, which may be anybody's, is about the connection alone: it then needs no session. */
    default boolean isAboutConnection(Request request) {
        return false;
    }
}
