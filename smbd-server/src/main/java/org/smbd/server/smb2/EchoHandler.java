package org.smbd.server.smb2;

import org.smbd.protocol.smb2.EchoRequest;
import org.smbd.protocol.smb2.EchoResponse;
import org.smbd.server.pipeline.Reply;

/** MS-SMB2 3.3.5.17 Receiving an SMB2 ECHO Request. */
final class EchoHandler {
    Reply handle(EchoRequest request) {
        return Reply.success(new EchoResponse());
    }
}
