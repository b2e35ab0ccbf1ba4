package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** The body of a message from client to server. MS-SMB2 2.2 Message Syntax. */
public sealed interface Smb2Request
        permits NegotiateRequest,
                SessionSetupRequest,
                LogoffRequest,
                TreeConnectRequest,
                TreeDisconnectRequest,
                CreateRequest,
                CloseRequest,
                FlushRequest,
                ReadRequest,
                WriteRequest,
                LockRequest,
                IoctlRequest,
                CancelRequest,
                EchoRequest,
                QueryDirectoryRequest,
                ChangeNotifyRequest,
                QueryInfoRequest,
                SetInfoRequest,
                OplockBreakRequest {
    /** Reads the body of a command; the reader stands behind the header, its origin is the header. */
    static Smb2Request decode(Smb2Command command, WireReader in) {
        return switch (command) {
            case NEGOTIATE -> NegotiateRequest.decode(in);
            case SESSION_SETUP -> SessionSetupRequest.decode(in);
            case LOGOFF -> LogoffRequest.decode(in);
            case TREE_CONNECT -> TreeConnectRequest.decode(in);
            case TREE_DISCONNECT -> TreeDisconnectRequest.decode(in);
            case CREATE -> CreateRequest.decode(in);
            case CLOSE -> CloseRequest.decode(in);
            case FLUSH -> FlushRequest.decode(in);
            case READ -> ReadRequest.decode(in);
            case WRITE -> WriteRequest.decode(in);
            case LOCK -> LockRequest.decode(in);
            case IOCTL -> IoctlRequest.decode(in);
            case CANCEL -> CancelRequest.decode(in);
            case ECHO -> EchoRequest.decode(in);
            case QUERY_DIRECTORY -> QueryDirectoryRequest.decode(in);
            case CHANGE_NOTIFY -> ChangeNotifyRequest.decode(in);
            case QUERY_INFO -> QueryInfoRequest.decode(in);
            case SET_INFO -> SetInfoRequest.decode(in);
            case OPLOCK_BREAK -> OplockBreakRequest.decode(in);
        };
    }

    /** Appends the body; the writer stands behind the header, its origin is the header. */
    void encode(WireWriter out);

    /**
     * The larger of what the request carries and what it asks for, which the credit charge must cover. MS-SMB2 3.1.5.2
     * Calculating the CreditCharge.
     */
    default long payloadBytes() {
        return 0;
    }
}
