package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * The first 32 bytes of each message. MS-CIFS 2.2.3.1 The SMB Header, with the status as MS-SMB 2.2.3.1 SMB Header
 * Extensions defines it. SecurityFeatures is encoded as zeros: nothing is signed before log-in.
 *
 * @param status NTSTATUS
 * @param pid both halves
 */
public record Smb1Header(int command, int status, int flags, int flags2, int pid, int tid, int uid, int mid) {
    public static final int SIZE_BYTES = 32;
    /** {@code FF 'S' 'M' 'B'}, read little-endian. */
    public static final int PROTOCOL_ID = 0x424D53FF;

    public static final int COM_NEGOTIATE = 0x72;

    private static final int REQUEST_FLAGS_KEPT = Smb1Flags.CASE_INSENSITIVE | Smb1Flags.CANONICALIZED_PATHS;
    /** Where SecurityFeatures are, counted from the header. MS-CIFS 2.2.3.1. */
    public static final int SECURITY_FEATURES_OFFSET = 14;
    /** In flags: a response. */
    public static final int FLAGS_REPLY = 0x80;
    /** In flags2: the status is an NTSTATUS. */
    public static final int FLAGS2_NT_STATUS = 0x4000;

    /** Reads a header; what is none costs the connection. */
    public static Smb1Header decode(WireReader in) {
        if (in.remaining() < SIZE_BYTES || in.i32() != PROTOCOL_ID) {
            throw MalformedMessage.connection();
        }
        int command = in.u8();
        int status = in.i32();
        int flags = in.u8();
        int flags2 = in.u16();
        int pidHigh = in.u16();
        in.skip(8); // SecurityFeatures
        in.skip(2); // Reserved
        int tid = in.u16();
        int pid = pidHigh << 16 | in.u16();
        return new Smb1Header(command, status, flags, flags2, pid, tid, in.u16(), in.u16());
    }

    /** The same header for an answer with a status; DOS errors where the client did not ask for NT status. */
    public Smb1Header answer(NtStatus answered, int answerTid, int answerUid) {
        boolean nt = (flags2 & FLAGS2_NT_STATUS) != 0 && !DosError.isDosOnly(answered);
        int field = nt ? answered.code() : DosError.of(answered).toStatusField();
        int answerFlags2 = nt ? flags2 : flags2 & ~FLAGS2_NT_STATUS;
        return new Smb1Header(
                command, field, flags & REQUEST_FLAGS_KEPT | FLAGS_REPLY, answerFlags2, pid, answerTid, answerUid, mid);
    }

    /** How the message writes its text. */
    public Smb1Text text(Charset oem) {
        return new Smb1Text((flags2 & Smb1Flags.FLAGS2_UNICODE) != 0, oem);
    }

    public void encode(WireWriter out) {
        out.i32(PROTOCOL_ID);
        out.u8(command);
        out.i32(status);
        out.u8(flags);
        out.u16(flags2);
        out.u16(pid >>> 16);
        out.i64(0); // SecurityFeatures
        out.u16(0); // Reserved
        out.u16(tid);
        out.u16(pid);
        out.u16(uid);
        out.u16(mid);
    }

    /** The header of a successful response to this request. */
    public Smb1Header toResponse() {
        return new Smb1Header(command, 0, flags | FLAGS_REPLY, flags2 | FLAGS2_NT_STATUS, pid, tid, uid, mid);
    }

    /** Whether the message at an index is of this protocol. */
    public static boolean startsAt(ByteBuf buffer, int index) {
        return buffer.writerIndex() - index >= 4 && buffer.getIntLE(index) == PROTOCOL_ID;
    }
}
