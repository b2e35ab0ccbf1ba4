package org.smbd.protocol.smb2;

import static org.smbd.protocol.smb2.Vector.FILE_ID;
import static org.smbd.protocol.smb2.Vector.FILE_ID_HEX;
import static org.smbd.protocol.smb2.Vector.GUID;
import static org.smbd.protocol.smb2.Vector.GUID_HEX;
import static org.smbd.protocol.smb2.Vector.vector;
import static org.smbd.protocol.smb2.Vector.withTail;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.smbd.protocol.wire.Hex;

/** A request of each kind and its bytes, written down field by field from MS-SMB2 2.2. */
final class RequestVectors {
    private RequestVectors() {}

    static Stream<Vector<Smb2Request>> all() {
        return Stream.of(
                vector(
                        Smb2Command.NEGOTIATE,
                        new NegotiateRequest(1, 0x7F, GUID, List.of(0x0202, 0x0210), List.of()),
                        "2400 | 0200 | 0100 | 0000 | 7f000000 |" + GUID_HEX + "| 0000000000000000 | 0202 1002"),
                vector(
                        Smb2Command.NEGOTIATE,
                        new NegotiateRequest(
                                2,
                                0x44,
                                GUID,
                                List.of(0x0311),
                                List.of(
                                        new NegotiateContext.PreauthIntegrity(List.of(1), Hex.bytes("aabbccdd")),
                                        new NegotiateContext.Encryption(List.of(2, 1)),
                                        new NegotiateContext.Signing(List.of(2)),
                                        new NegotiateContext.NetName("sr"),
                                        new NegotiateContext.Unknown(3, Hex.bytes("aabb")))),
                        "2400 | 0100 | 0200 | 0000 | 44000000 |" + GUID_HEX + "| 68000000 0500 0000 | 1103 | 0000"
                                + "| 0100 0a00 00000000 0100 0400 0100 aabbccdd | 000000000000"
                                + "| 0200 0600 00000000 0200 0200 0100 | 0000"
                                + "| 0800 0400 00000000 0100 0200 | 00000000"
                                + "| 0500 0400 00000000 7300 7200 | 00000000"
                                + "| 0300 0200 00000000 aabb"),
                vector(
                        Smb2Command.SESSION_SETUP,
                        new SessionSetupRequest(1, 2, 1, 0x0908070605040302L, Hex.bytes("4e544c4d")),
                        "1900 | 01 | 02 | 01000000 | 00000000 | 5800 0400 | 0203040506070809 | 4e544c4d"),
                vector(Smb2Command.LOGOFF, new LogoffRequest(), "0400 | 0000"),
                vector(
                        Smb2Command.TREE_CONNECT,
                        new TreeConnectRequest(0, "\\\\s\\t"),
                        "0900 | 0000 | 4800 0a00 | 5c00 5c00 7300 5c00 7400"),
                vector(Smb2Command.TREE_DISCONNECT, new TreeDisconnectRequest(), "0400 | 0000"),
                vector(
                        Smb2Command.CREATE,
                        new CreateRequest(
                                OplockLevel.BATCH,
                                2,
                                0x00120089,
                                0x80,
                                7,
                                1,
                                0x40,
                                "a",
                                List.of(
                                        new CreateContext.QueryMaximalAccess(0),
                                        new CreateContext.AllocationSize(4096))),
                        "3900 | 00 | 09 | 02000000 | 0000000000000000 | 0000000000000000 | 89001200 | 80000000"
                                + "| 07000000 | 01000000 | 40000000 | 7800 0200 | 80000000 38000000 | 6100"
                                + "| 000000000000 | 18000000 1000 0400 0000 0000 00000000 4d784163 | 00000000"
                                + "| 00000000 1000 0400 0000 1800 08000000 416c5369 00000000 0010000000000000"),
                withTail(
                        8,
                        Smb2Command.CREATE,
                        new CreateRequest(OplockLevel.NONE, 3, 0x80, 0, 7, 1, 1, "", List.of()),
                        "3900 | 00 | 00 | 03000000 | 0000000000000000 | 0000000000000000 | 80000000 | 00000000"
                                + "| 07000000 | 01000000 | 01000000 | 7800 0000 | 00000000 00000000"
                                + "| 0000000000000000"),
                vector(
                        Smb2Command.CLOSE,
                        new CloseRequest(CloseRequest.FLAG_POSTQUERY_ATTRIB, FILE_ID),
                        "1800 | 0100 | 00000000 |" + FILE_ID_HEX),
                vector(Smb2Command.FLUSH, new FlushRequest(FILE_ID), "1800 | 0000 | 00000000 |" + FILE_ID_HEX),
                withTail(
                        1,
                        Smb2Command.READ,
                        new ReadRequest(ReadRequest.FLAG_READ_UNBUFFERED, 65536, 1L << 32, FILE_ID, 2, Channel.NONE),
                        "3100 | 50 | 01 | 00000100 | 0000000001000000 |" + FILE_ID_HEX
                                + "| 02000000 | 00000000 | 00000000 | 0000 0000 | 00"),
                vector(
                        Smb2Command.WRITE,
                        new WriteRequest(
                                4, FILE_ID, Channel.NONE, WriteRequest.FLAG_WRITE_THROUGH, Hex.bytes("616263")),
                        "3100 | 7000 | 03000000 | 0400000000000000 |" + FILE_ID_HEX
                                + "| 00000000 | 00000000 | 0000 0000 | 01000000 | 616263"),
                vector(
                        Smb2Command.LOCK,
                        new LockRequest(
                                0x25,
                                FILE_ID,
                                List.of(
                                        new LockElement(1, 2, LockElement.FLAG_EXCLUSIVE_LOCK),
                                        new LockElement(-1, 1, 0x11))),
                        "3000 | 0200 | 25000000 |" + FILE_ID_HEX
                                + "| 0100000000000000 0200000000000000 02000000 00000000"
                                + "| ffffffffffffffff 0100000000000000 11000000 00000000"),
                vector(
                        Smb2Command.IOCTL,
                        new IoctlRequest(
                                CtlCode.PIPE_TRANSCEIVE,
                                FileId.NONE,
                                0,
                                1024,
                                IoctlRequest.FLAG_IS_FSCTL,
                                Hex.bytes("aabbcc")),
                        "3900 | 0000 | 17c01100 | ffffffffffffffff ffffffffffffffff | 78000000 03000000 | 00000000"
                                + "| 00000000 00000000 | 00040000 | 01000000 | 00000000 | aabbcc"),
                vector(Smb2Command.CANCEL, new CancelRequest(), "0400 | 0000"),
                vector(Smb2Command.ECHO, new EchoRequest(), "0400 | 0000"),
                vector(
                        Smb2Command.QUERY_DIRECTORY,
                        new QueryDirectoryRequest(
                                0x25, QueryDirectoryRequest.FLAG_RESTART_SCANS, 0, FILE_ID, 65536, "*"),
                        "2100 | 25 | 01 | 00000000 |" + FILE_ID_HEX + "| 6000 0200 | 00000100 | 2a00"),
                withTail(
                        1,
                        Smb2Command.QUERY_DIRECTORY,
                        new QueryDirectoryRequest(1, QueryDirectoryRequest.FLAG_REOPEN, 7, FILE_ID, 4096, ""),
                        "2100 | 01 | 10 | 07000000 |" + FILE_ID_HEX + "| 0000 0000 | 00100000 | 00"),
                vector(
                        Smb2Command.CHANGE_NOTIFY,
                        new ChangeNotifyRequest(ChangeNotifyRequest.FLAG_WATCH_TREE, 4096, FILE_ID, 0x17),
                        "2000 | 0100 | 00100000 |" + FILE_ID_HEX + "| 17000000 | 00000000"),
                vector(
                        Smb2Command.QUERY_INFO,
                        new QueryInfoRequest(InfoType.FILE, 18, 4096, 0, 0, FILE_ID, Unpooled.EMPTY_BUFFER),
                        "2900 | 01 | 12 | 00100000 | 0000 0000 00000000 | 00000000 | 00000000 |" + FILE_ID_HEX),
                vector(
                        Smb2Command.QUERY_INFO,
                        new QueryInfoRequest(InfoType.QUOTA, 0, 4096, 7, 1, FILE_ID, Hex.bytes("aabb")),
                        "2900 | 04 | 00 | 00100000 | 6800 0000 02000000 | 07000000 | 01000000 |" + FILE_ID_HEX
                                + "| aabb"),
                vector(
                        Smb2Command.SET_INFO,
                        new SetInfoRequest(InfoType.FILE, 20, 0, FILE_ID, Hex.bytes("0010000000000000")),
                        "2100 | 01 | 14 | 08000000 6000 | 0000 | 00000000 |" + FILE_ID_HEX + "| 0010000000000000"),
                vector(
                        Smb2Command.OPLOCK_BREAK,
                        new OplockBreakAcknowledgment(OplockLevel.II, FILE_ID),
                        "1800 | 01 | 00 | 00000000 |" + FILE_ID_HEX),
                vector(
                        Smb2Command.OPLOCK_BREAK,
                        new LeaseBreakAcknowledgment(GUID, 3),
                        "2400 | 0000 | 00000000 |" + GUID_HEX + "| 03000000 | 0000000000000000"));
    }
}
