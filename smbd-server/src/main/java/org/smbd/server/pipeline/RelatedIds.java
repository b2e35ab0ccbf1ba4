package org.smbd.server.pipeline;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Header;

/**
 * What the request before leaves to a related one: MS-SMB2 3.3.5.2.7.2 Handling Compounded Related Requests.
 *
 * <p>Windows does not let a later failure of an operation on the file spread, only that of the CREATE which should have
 * made the FileId, and so do we.
 */
final class RelatedIds {
    private boolean sessionValid;
    private boolean treeValid;
    private long sessionId;
    private int treeId;
    private FileId fileId;
    private NtStatus createFailure;

    /** Takes over the ids of a request that is done. */
    void update(Request request, NtStatus status) {
        Smb2Header header = request.header();
        if (header.isRelated() && request.refusal() != null) {
            return; // it did nothing: what it was to take over goes on to the next
        }
        sessionId = request.replySessionId();
        treeId = request.replyTreeId();
        sessionValid = request.session() != null;
        treeValid = request.tree() != null;
        if (!header.isRelated()) {
            fileId = null;
            createFailure = null;
        }
        if (header.command() == Smb2Command.CREATE) {
            createFailure = status.isError() ? status : null;
        }
        if (request.fileId() != null) {
            fileId = request.fileId();
        }
    }

    /** The header of a related request with the ids put in place. */
    Smb2Header resolve(Smb2Header header) {
        return new Smb2Header(
                header.creditCharge(),
                header.status(),
                header.command(),
                header.credits(),
                header.flags(),
                header.nextCommand(),
                header.messageId(),
                header.processId(),
                treeId,
                sessionId);
    }

    /** Why a related request cannot go on; null if it can. */
    NtStatus refusal(Smb2Command command) {
        if (command.needsSession() && !sessionValid || command.needsTree() && !treeValid) {
            return NtStatus.INVALID_PARAMETER;
        }
        if (command.hasFileId() && createFailure != null) {
            return createFailure;
        }
        return command.hasFileId() && fileId == null ? NtStatus.INVALID_HANDLE : null;
    }

    /** The FileId that a related request means. */
    FileId fileId() {
        return fileId;
    }
}
