package org.smbd.server.smb2;

import org.smbd.core.status.NtStatus;
import org.smbd.server.config.IpcShare;

/**
 * The path of a TREE_CONNECT: MS-SMB2 2.2.9 SMB2 TREE_CONNECT Request, MS-DTYP 2.2.49 UNC.
 *
 * @param server as the client calls this server
 * @param share the share's name
 */
record SharePath(String server, String share) {
    /** The names in {@code \\server\share}; anything else is INVALID_PARAMETER, as 3.3.5.7 says. */
    static SharePath parse(String path) {
        int start = 0;
        while (start < 2 && start < path.length() && path.charAt(start) == '\\') {
            start++;
        }
        int separator = path.indexOf('\\', start);
        if (start == 0 || separator <= start || path.indexOf('\0') >= 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        String share = path.substring(separator + 1);
        if (share.isEmpty() || share.indexOf('\\') >= 0 || share.indexOf('/') >= 0) {
            throw NtStatus.BAD_NETWORK_NAME.exception();
        }
        return new SharePath(path.substring(start, separator), share);
    }

    boolean isPipes() {
        return share.equalsIgnoreCase(IpcShare.NAME);
    }

    /** Fit for the log. */
    @Override
    public String toString() {
        return LogText.clean(share);
    }
}
