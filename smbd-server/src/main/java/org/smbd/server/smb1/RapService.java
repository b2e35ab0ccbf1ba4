package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.srvsvc.ShareDirectory;
import org.smbd.protocol.rpc.srvsvc.ShareEntry;
import org.smbd.protocol.smb1.Smb1Text;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.conn.Caller;

/**
 * The remote calls by which clients before NT find shares: MS-RAP 2.5.5 Server Requests, 2.5.6 Share Requests. Text
 * is in the OEM code page.
 */
final class RapService {
    private static final int NET_SHARE_ENUM = 0;
    private static final int NET_SHARE_GET_INFO = 1;
    private static final int NET_SERVER_GET_INFO = 13;
    private static final int NET_WKSTA_GET_INFO = 63;
    private static final int NERR_SUCCESS = 0;
    private static final int ERROR_MORE_DATA = 234;
    private static final int ERROR_INVALID_LEVEL = 124;
    private static final int NERR_NET_NAME_NOT_FOUND = 2310;

    private static final int NAME_BYTES = 13;
    private static final int SERVER_NAME_BYTES = 16;
    private static final int ENTRY_BYTES = 20;
    private static final int SERVER_FIXED_BYTES = 26;
    /** Workstation, server, NT, server NT. */
    private static final int SERVER_TYPE = 0x0000_9003;

    private final Function<Caller, ShareDirectory> shares;

    /** @param shares what a caller may see of the server's shares */
    RapService(Function<Caller, ShareDirectory> shares) {
        this.shares = shares;
    }

    Smb1Reply perform(Transaction transaction) {
        WireReader in = transaction.parameterReader();
        Charset oem = transaction.call().text().oem();
        int opcode = in.u16();
        text(in, oem); // ParamDesc
        text(in, oem); // DataDesc
        return switch (opcode) {
            case NET_SHARE_ENUM -> shareEnum(transaction, in.u16(), in.u16());
            case NET_SHARE_GET_INFO -> shareInfo(transaction, text(in, oem), in.u16(), in.u16());
            case NET_SERVER_GET_INFO -> serverInfo(transaction, in.u16(), in.u16());
            case NET_WKSTA_GET_INFO -> workstationInfo(transaction, in.u16(), in.u16());
            default -> throw NtStatus.NOT_SUPPORTED.exception();
        };
    }

    private static String text(WireReader in, Charset oem) {
        return new Smb1Text(false, oem).read(in);
    }

    private ShareDirectory directory(Transaction transaction) {
        return shares.apply(transaction.call().caller());
    }

    /** MS-RAP 2.5.6.1 NetShareEnum, level 1. Remarks stand behind the entries. */
    private Smb1Reply shareEnum(Transaction transaction, int level, int receiveBytes) {
        if (level != 1) {
            return status(transaction, ERROR_INVALID_LEVEL);
        }
        Charset oem = transaction.call().text().oem();
        List<ShareEntry> fitting = directory(transaction).listed().stream()
                .filter(entry -> entry.name().getBytes(oem).length < NAME_BYTES)
                .toList();
        int budget = Math.min(receiveBytes, transaction.dataMax());
        int count = 0;
        int bytes = 0;
        for (ShareEntry entry : fitting) {
            bytes += ENTRY_BYTES + entry.comment().getBytes(oem).length + 1;
            if (bytes > budget) {
                break;
            }
            count++;
        }
        ByteBuf data = transaction.call().buffer(budget);
        entries(fitting.subList(0, count), oem, data);
        int returned = count;
        return transaction.answer(
                NtStatus.SUCCESS,
                out -> {
                    out.u16(returned < fitting.size() ? ERROR_MORE_DATA : NERR_SUCCESS); // Win32ErrorCode
                    out.u16(0); // Converter
                    out.u16(returned); // EntriesReturned
                    out.u16(fitting.size()); // EntriesAvailable
                },
                data);
    }

    private static void entries(List<ShareEntry> shown, Charset oem, ByteBuf data) {
        WireWriter out = new WireWriter(data);
        int remark = shown.size() * ENTRY_BYTES;
        for (ShareEntry entry : shown) {
            out.bytes(Arrays.copyOf(entry.name().getBytes(oem), NAME_BYTES)); // NetworkName
            out.u8(0); // Pad
            out.u16(entry.type() & 0xFF); // Type
            out.i32(remark); // Remark, as an offset
            remark += entry.comment().getBytes(oem).length + 1;
        }
        for (ShareEntry entry : shown) {
            out.bytes(entry.comment().getBytes(oem));
            out.u8(0);
        }
    }

    /** MS-RAP 2.5.6.2 NetShareGetInfo, levels 0 and 1. */
    private Smb1Reply shareInfo(Transaction transaction, String name, int level, int receiveBytes) {
        Charset oem = transaction.call().text().oem();
        ShareEntry entry = directory(transaction).find(name).orElse(null);
        if (entry == null) {
            return status(transaction, NERR_NET_NAME_NOT_FOUND);
        }
        if (level > 1) {
            return status(transaction, ERROR_INVALID_LEVEL);
        }
        ByteBuf data = transaction.call().buffer(Math.min(receiveBytes, transaction.dataMax()));
        if (level == 0) {
            data.writeBytes(Arrays.copyOf(entry.name().getBytes(oem), NAME_BYTES));
        } else {
            entries(List.of(entry), oem, data);
        }
        return info(transaction, data);
    }

    /** MS-RAP 2.5.5.3 NetServerGetInfo, levels 0 and 1. */
    private Smb1Reply serverInfo(Transaction transaction, int level, int receiveBytes) {
        if (level > 1) {
            return status(transaction, ERROR_INVALID_LEVEL);
        }
        Charset oem = transaction.call().text().oem();
        ShareDirectory server = directory(transaction);
        ByteBuf data = transaction.call().buffer(Math.min(receiveBytes, transaction.dataMax()));
        WireWriter out = new WireWriter(data);
        out.bytes(Arrays.copyOf(server.serverName().getBytes(oem), SERVER_NAME_BYTES)); // ServerName
        if (level == 1) {
            out.u8(4); // MajorVersion
            out.u8(9); // MinorVersion
            out.i32(SERVER_TYPE); // ServerType
            out.i32(SERVER_FIXED_BYTES); // ServerCommentLow, as an offset
            out.bytes(server.serverComment().getBytes(oem));
            out.u8(0);
        }
        return info(transaction, data);
    }

    /** MS-RAP 2.5.8.1 NetWkstaGetInfo, level 10. Names stand behind the fixed part. */
    private Smb1Reply workstationInfo(Transaction transaction, int level, int receiveBytes) {
        if (level != 10) {
            return status(transaction, ERROR_INVALID_LEVEL);
        }
        Smb1Call call = transaction.call();
        Charset oem = call.text().oem();
        List<String> texts = List.of(
                call.connection().settings().netbiosName(),
                call.session().securityContext().accountName(),
                call.connection().settings().workgroup(),
                call.connection().settings().workgroup(),
                "");
        ByteBuf data = call.buffer(Math.min(receiveBytes, transaction.dataMax()));
        WireWriter out = new WireWriter(data);
        int at = 22;
        for (int i = 0; i < texts.size(); i++) {
            out.i32(at); // ComputerName, UserName, LanGroup, LogonDomain, OtherDomain, as offsets
            at += texts.get(i).getBytes(oem).length + 1;
            if (i == 2) {
                out.u8(4); // VerMajor
                out.u8(9); // VerMinor
            }
        }
        for (String text : texts) {
            out.bytes(text.getBytes(oem));
            out.u8(0);
        }
        return info(transaction, data);
    }

    private static Smb1Reply info(Transaction transaction, ByteBuf data) {
        return transaction.answer(
                NtStatus.SUCCESS,
                out -> {
                    out.u16(NERR_SUCCESS); // Win32ErrorCode
                    out.u16(0); // Converter
                    out.u16(data.readableBytes()); // TotalBytesAvailable
                },
                data);
    }

    private static Smb1Reply status(Transaction transaction, int code) {
        return transaction.answer(out -> {
            out.u16(code); // Win32ErrorCode
            out.u16(0); // Converter
            out.i32(0); // counts
        });
    }
}
