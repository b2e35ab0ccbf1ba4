package org.smbd.server.smb2;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.protocol.smb2.LogoffRequest;
import org.smbd.protocol.smb2.LogoffResponse;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;
import org.smbd.server.session.Session;

/**
 * MS-SMB2 3.3.5.6 Receiving an SMB2 LOGOFF Request. The response is still signed or sealed with the session's keys: the
 * request holds on to them.
 */
final class LogoffHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogoffHandler.class);

    Reply handle(Request context, LogoffRequest request) {
        Session session = context.session();
        session.close();
        LOG.debug("{}: session {} logged off", context.connection().peer(), Long.toHexString(session.sessionId()));
        return Reply.success(new LogoffResponse());
    }
}
