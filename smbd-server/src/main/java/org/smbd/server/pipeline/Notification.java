package org.smbd.server.pipeline;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Response;
import org.smbd.server.session.Channel;
import org.smbd.server.session.Session;

/**
 * What the server sends unasked: MS-SMB2 3.3.4.6 Object Store Indicates an Oplock Break, 3.3.4.7 Object Store Indicates
 * a Lease Break. It is not signed; where the session encrypts, it is sealed, and then names the session.
 *
 * @param namesSession whether it names the session even if it is plain
 * @param sealed whether the files that it is about are to be encrypted
 */
public record Notification(Smb2Command command, Smb2Response body, boolean namesSession, boolean sealed) {
    /**
     * Sends it over the first connection of the session that is there, and where the client does not acknowledge it
     * over the next one.
     *
     * @return false if there is none
     */
    public boolean send(Session session) {
        for (Channel channel : session.channels()) {
            if (channel.isOpen()) {
                channel.send(frame(session, channel), () -> send(session));
                return true;
            }
        }
        return false;
    }

    private ByteBuf frame(Session session, Channel channel) {
        boolean seals = (sealed || session.encryptData()) && session.security().canSeal();
        long sessionId = namesSession || seals ? session.sessionId() : 0;
        ResponseBuffer response = new ResponseBuffer(channel.allocator());
        Smb2Header header = new Smb2Header(
                0, 0, command, 0, Smb2Flags.SERVER_TO_REDIR, 0, Smb2Header.UNSOLICITED_MESSAGE_ID, 0, 0, sessionId);
        response.encode(header, body::encode, 0);
        ByteBuf frame = response.take();
        if (seals) {
            ReplyWriter.seal(session, frame);
        } else {
            ReplyWriter.frame(frame);
        }
        return frame;
    }
}
