package org.smbd.server.smb2;

import org.smbd.core.file.PosixMetadata;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.smb2.CreateContextResponse;
import org.smbd.server.pipeline.RequestContext;

/**
 * The POSIX extensions of SMB 3.1.1, as Linux clients use them: no Microsoft document describes them. A client has them
 * on a connection that has negotiated them, on shares that have them.
 */
final class PosixExtensions {
    private PosixExtensions() {}

    static boolean areServed(RequestContext context) {
        return context.connection().hasPosixExtensions()
                && context.tree().share().servesPosixExtensions();
    }

    /**
     * For an information class that only they have.
     *
     * @throws org.smbd.core.status.SmbException INVALID_INFO_CLASS without them, as without knowledge of the class
     */
    static void require(RequestContext context) {
        if (!areServed(context)) {
            throw NtStatus.INVALID_INFO_CLASS.exception();
        }
    }

    /** The answer to an open that has POSIX semantics. */
    static CreateContextResponse answer(PosixMetadata posix) {
        return new CreateContextResponse.Posix(
                posix.numberOfLinks(),
                posix.metadata().reparseTag(),
                posix.wireMode(),
                Sid.unixUser(posix.uid()),
                Sid.unixGroup(posix.gid()));
    }
}
