package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * The body of a successful message from server to client. MS-SMB2 2.2 Message Syntax; the body of an error is
 * {@link ErrorBody}.
 *
 * <p>READ, QUERY_DIRECTORY, CHANGE_NOTIFY, QUERY_INFO and IOCTL hold no payload: they encode the fixed part, and the
 * payload follows it at once, written there before (at {@code PAYLOAD_OFFSET} from the header) or after.
 */
public sealed interface Smb2Response
        permits NegotiateResponse,
                SessionSetupResponse,
                LogoffResponse,
                TreeConnectResponse,
                TreeDisconnectResponse,
                CreateResponse,
                CloseResponse,
                FlushResponse,
                ReadResponse,
                WriteResponse,
                LockResponse,
                IoctlResponse,
                EchoResponse,
                QueryDirectoryResponse,
                ChangeNotifyResponse,
                QueryInfoResponse,
                SetInfoResponse,
                OplockBreakMessage,
                LeaseBreakNotification,
                LeaseBreakResponse {
    /** Appends the body; the writer stands behind the header, its origin is the header. */
    void encode(WireWriter out);

    /** Reads the body of a response to a command; the reader stands behind the header, its origin is the header. */
    static Smb2Response decode(Smb2Command command, WireReader in) {
        return switch (command) {
            case NEGOTIATE -> NegotiateResponse.decode(in);
            case SESSION_SETUP -> SessionSetupResponse.decode(in);
            case LOGOFF -> LogoffResponse.decode(in);
            case TREE_CONNECT -> TreeConnectResponse.decode(in);
            case TREE_DISCONNECT -> TreeDisconnectResponse.decode(in);
            case CREATE -> CreateResponse.decode(in);
            case CLOSE -> CloseResponse.decode(in);
            case FLUSH -> FlushResponse.decode(in);
            case READ -> ReadResponse.decode(in);
            case WRITE -> WriteResponse.decode(in);
            case LOCK -> LockResponse.decode(in);
            case IOCTL -> IoctlResponse.decode(in);
            case CANCEL -> throw MalformedMessage.invalidParameter(); // never answered
            case ECHO -> EchoResponse.decode(in);
            case QUERY_DIRECTORY -> QueryDirectoryResponse.decode(in);
            case CHANGE_NOTIFY -> ChangeNotifyResponse.decode(in);
            case QUERY_INFO -> QueryInfoResponse.decode(in);
            case SET_INFO -> SetInfoResponse.decode(in);
            case OPLOCK_BREAK -> OplockBreakMessage.decodeAny(in);
        };
    }
}
