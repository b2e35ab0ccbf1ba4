package org.smbd.protocol.smb2;

import static org.smbd.protocol.smb2.Vector.FILE_ID;
import static org.smbd.protocol.smb2.Vector.FILE_ID_HEX;
import static org.smbd.protocol.smb2.Vector.GUID;
import static org.smbd.protocol.smb2.Vector.GUID_HEX;
import static org.smbd.protocol.smb2.Vector.vector;
import static org.smbd.protocol.smb2.Vector.withPayload;

import java.util.List;
import java.util.stream.Stream;
import org.smbd.protocol.wire.Hex;

/** A response of each kind and its bytes, written down field by field from MS-SMB2 2.2. */
final class ResponseVectors {
    private ResponseVectors() {}

    static Stream<Vector<Smb2Response>> all() {
        return Stream.of(
                vector(
                        Smb2Command.NEGOTIATE,
                        new NegotiateResponse(
                                1,
                                0x0210,
                                GUID,
                                7,
                                65536,
                                131072,
                                262144,
                                0x01D0000000000001L,
                                0,
                                Hex.bytes("60280606"),
                                List.of()),
                        "4100 | 0100 | 1002 | 0000 |" + GUID_HEX + "| 07000000 | 00000100 | 00000200 | 00000400"
                                + "| 010000000000d001 | 0000000000000000 | 8000 0400 | 00000000 | 60280606"),
                vector(
                        Smb2Command.NEGOTIATE,
                        new NegotiateResponse(
                                3,
                                0x0311,
                                GUID,
                                0x46,
                                65536,
                                65536,
                                65536,
                                2,
                                1,
                                Hex.bytes("602806"),
                                List.of(
                                        new NegotiateContext.PreauthIntegrity(List.of(1), Hex.bytes("aabbccdd")),
                                        new NegotiateContext.Encryption(List.of(2)))),
                        "4100 | 0300 | 1103 | 0200 |" + GUID_HEX + "| 46000000 | 00000100 | 00000100 | 00000100"
                                + "| 0200000000000000 | 0100000000000000 | 8000 0300 | 88000000 | 602806 | 0000000000"
                                + "| 0100 0a00 00000000 0100 0400 0100 aabbccdd | 000000000000"
                                + "| 0200 0400 00000000 0100 0200"),
                vector(
                        Smb2Command.SESSION_SETUP,
                        new SessionSetupResponse(SessionSetupResponse.FLAG_IS_GUEST, Hex.bytes("a103")),
                        "0900 | 0100 | 4800 0200 | a103"),
                vector(Smb2Command.LOGOFF, new LogoffResponse(), "0400 | 0000"),
                vector(
                        Smb2Command.TREE_CONNECT,
                        new TreeConnectResponse(TreeConnectResponse.TYPE_DISK, 0x830, 8, 0x001F01FF),
                        "1000 | 01 | 00 | 30080000 | 08000000 | ff011f00"),
                vector(Smb2Command.TREE_DISCONNECT, new TreeDisconnectResponse(), "0400 | 0000"),
                vector(
                        Smb2Command.CREATE,
                        new CreateResponse(
                                OplockLevel.NONE,
                                0,
                                1,
                                1,
                                2,
                                3,
                                4,
                                4096,
                                5,
                                0x20,
                                FILE_ID,
                                List.of(
                                        new CreateContextResponse.MaximalAccess(0, 0x001F01FF),
                                        new CreateContextResponse.OnDiskId(6, 7))),
                        "5900 | 00 | 00 | 01000000 | 0100000000000000 | 0200000000000000 | 0300000000000000"
                                + "| 0400000000000000 | 0010000000000000 | 0500000000000000 | 20000000 | 00000000 |"
                                + FILE_ID_HEX + "| 98000000 58000000"
                                + "| 20000000 1000 0400 0000 1800 08000000 4d784163 00000000 00000000 ff011f00"
                                + "| 00000000 1000 0400 0000 1800 20000000 51466964 00000000"
                                + "  0600000000000000 0700000000000000 0000000000000000 0000000000000000"),
                vector(
                        Smb2Command.CREATE,
                        new CreateResponse(OplockLevel.II, 1, 2, 1, 2, 3, 4, 0, 0, 0x10, FILE_ID, List.of()),
                        "5900 | 01 | 01 | 02000000 | 0100000000000000 | 0200000000000000 | 0300000000000000"
                                + "| 0400000000000000 | 0000000000000000 | 0000000000000000 | 10000000 | 00000000 |"
                                + FILE_ID_HEX + "| 00000000 00000000"),
                vector(
                        Smb2Command.CLOSE,
                        new CloseResponse(1, 1, 2, 3, 4, 4096, 5, 0x20),
                        "3c00 | 0100 | 00000000 | 0100000000000000 | 0200000000000000 | 0300000000000000"
                                + "| 0400000000000000 | 0010000000000000 | 0500000000000000 | 20000000"),
                vector(Smb2Command.FLUSH, new FlushResponse(), "0400 | 0000"),
                withPayload(
                        3,
                        Smb2Command.READ,
                        ReadResponse.of(3),
                        "1100 | 50 | 00 | 03000000 | 00000000 | 00000000 | 616263"),
                vector(Smb2Command.WRITE, new WriteResponse(65536), "1100 | 0000 | 00000100 | 00000000 | 0000 0000"),
                vector(Smb2Command.LOCK, new LockResponse(), "0400 | 0000"),
                withPayload(
                        2,
                        Smb2Command.IOCTL,
                        IoctlResponse.of(CtlCode.PIPE_TRANSCEIVE, FILE_ID, 2),
                        "3100 | 0000 | 17c01100 |" + FILE_ID_HEX
                                + "| 70000000 00000000 | 70000000 02000000 | 00000000 | 00000000 | aabb"),
                vector(Smb2Command.ECHO, new EchoResponse(), "0400 | 0000"),
                withPayload(
                        4,
                        Smb2Command.QUERY_DIRECTORY,
                        QueryDirectoryResponse.of(4),
                        "0900 | 4800 04000000 | aabbccdd"),
                withPayload(
                        4, Smb2Command.CHANGE_NOTIFY, ChangeNotifyResponse.of(4), "0900 | 4800 04000000 | aabbccdd"),
                withPayload(4, Smb2Command.QUERY_INFO, QueryInfoResponse.of(4), "0900 | 4800 04000000 | aabbccdd"),
                vector(Smb2Command.SET_INFO, new SetInfoResponse(), "0200"),
                vector(
                        Smb2Command.OPLOCK_BREAK,
                        new OplockBreakMessage(OplockLevel.EXCLUSIVE, FILE_ID),
                        "1800 | 08 | 00 | 00000000 |" + FILE_ID_HEX),
                vector(
                        Smb2Command.OPLOCK_BREAK,
                        new LeaseBreakNotification(2, LeaseBreakNotification.FLAG_ACK_REQUIRED, GUID, 7, 3),
                        "2c00 | 0200 | 01000000 |" + GUID_HEX + "| 07000000 | 03000000 | 00000000 00000000 00000000"),
                vector(
                        Smb2Command.OPLOCK_BREAK,
                        new LeaseBreakResponse(GUID, 3),
                        "2400 | 0000 | 00000000 |" + GUID_HEX + "| 03000000 | 0000000000000000"));
    }
}
