package org.smbd.server.raw;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.smbd.core.file.AccessMask;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.IoctlRequest;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.protocol.smb2.WriteRequest;

/**
 * A request on an open that changes what is on disk, if that open may.
 *
 * @param allowedBy each of these rights is enough
 * @param file whether it surely changes a file, with the right
 * @param directory whether it surely changes an empty directory, with the right
 */
record ChangingRequest(
        String name, Smb2Command command, int allowedBy, boolean file, boolean directory, Message message) {
    private static final int ANY = AccessMask.FILE_ALL_ACCESS;
    private static final int DATA = AccessMask.FILE_WRITE_DATA;
    private static final int ATTRIBUTES = AccessMask.FILE_WRITE_ATTRIBUTES;
    private static final long SIZE = Target.SIZE_BYTES;

    /**
     * What it is about.
     *
     * @param resumeKey of another file, which can be copied from
     * @param other an open of that file
     */
    record Target(FileId open, String newName, byte[] resumeKey, FileId other) {
        static final int SIZE_BYTES = 8192;
    }

    interface Message {
        Smb2Request to(Target target);
    }

    /** All of them. */
    static List<ChangingRequest> all() {
        return List.of(
                new ChangingRequest(
                        "WRITE",
                        Smb2Command.WRITE,
                        DATA | AccessMask.FILE_APPEND_DATA,
                        true,
                        false,
                        t -> new WriteRequest(0, t.open(), 0, 0, text("changed"))),
                set("FileBasicInformation", 4, ATTRIBUTES, true, true, t -> numbers(0, 0, 0, 0, 2)),
                set("FileRenameInformation", 10, AccessMask.DELETE, true, true, t -> name(0, t.newName())),
                set("FileLinkInformation", 11, ANY, true, false, t -> name(0, t.newName())),
                set("FileDispositionInformation", 13, AccessMask.DELETE, true, true, t -> bytes(1)),
                set("FileFullEaInformation", 15, AccessMask.FILE_WRITE_EA, true, true, t -> attribute()),
                set("FilePositionInformation", 14, 0, false, false, t -> numbers(7)),
                set("FileModeInformation", 16, 0, false, false, t -> bytes(2, 0, 0, 0)),
                set("FileAllocationInformation", 19, DATA, true, false, t -> numbers(0)),
                set("FileEndOfFileInformation", 20, DATA, true, false, t -> numbers(SIZE + 1)),
                set("FileValidDataLengthInformation", 39, DATA, false, false, t -> numbers(SIZE)),
                set("FileShortNameInformation", 40, DATA | AccessMask.DELETE, false, false, t -> name("SHORT.TXT")),
                set("FileDispositionInformationEx", 64, AccessMask.DELETE, true, true, t -> bytes(3, 0, 0, 0)),
                set("FileRenameInformationEx", 65, AccessMask.DELETE, true, true, t -> name(2, t.newName())),
                control(
                        "FSCTL_SET_SPARSE",
                        0x000900C4,
                        DATA | ATTRIBUTES | AccessMask.FILE_APPEND_DATA,
                        false,
                        t -> bytes(1)),
                control("FSCTL_SET_ZERO_DATA", 0x000980C8, DATA, true, t -> numbers(0, 100)),
                control("FSCTL_FILE_LEVEL_TRIM", 0x00098208, DATA, false, t -> numbers(1L << 32, 0, 4096)),
                control("FSCTL_SRV_COPYCHUNK", 0x001440F2, 0, false, ChangingRequest::chunks),
                control(
                        "FSCTL_SRV_COPYCHUNK_WRITE", // MS-SMB2 3.3.5.15.6 asks for either right to write
                        0x001480F2,
                        DATA | AccessMask.FILE_APPEND_DATA,
                        true,
                        ChangingRequest::chunks),
                control(
                        "FSCTL_DUPLICATE_EXTENTS_TO_FILE",
                        0x00098344,
                        DATA,
                        false,
                        t -> numbers(t.other().persistentId(), t.other().volatileId(), 0, 0, 4096)),
                control("FSCTL_SET_COMPRESSION", 0x0009C040, DATA, false, t -> bytes(1, 0)),
                control("FSCTL_SET_INTEGRITY_INFORMATION", 0x0009C280, DATA, false, t -> numbers(0)),
                control(
                        "FSCTL_SET_OBJECT_ID",
                        0x00090098,
                        DATA | ATTRIBUTES,
                        false,
                        t -> numbers(1, 2, 3, 4, 5, 6, 7, 8)),
                control(
                        "FSCTL_SET_OBJECT_ID_EXTENDED",
                        0x000900BC,
                        DATA | ATTRIBUTES,
                        false,
                        t -> numbers(1, 2, 3, 4, 5, 6)),
                control("FSCTL_CREATE_OR_GET_OBJECT_ID", 0x000900C0, ANY, false, t -> Unpooled.EMPTY_BUFFER),
                control("FSCTL_DELETE_OBJECT_ID", 0x000900A0, DATA | ATTRIBUTES, false, t -> Unpooled.EMPTY_BUFFER),
                control("FSCTL_SET_REPARSE_POINT", 0x000900A4, DATA | ATTRIBUTES, false, t -> reparsePoint()),
                control("FSCTL_DELETE_REPARSE_POINT", 0x000900AC, DATA | ATTRIBUTES, false, t -> reparsePoint()));
    }

    private interface Buffer {
        ByteBuf of(Target target);
    }

    private static ChangingRequest set(
            String name, int infoClass, int allowedBy, boolean file, boolean directory, Buffer buffer) {
        Message message = target -> new SetInfoRequest(InfoType.FILE, infoClass, 0, target.open(), buffer.of(target));
        return new ChangingRequest(name, Smb2Command.SET_INFO, allowedBy, file, directory, message);
    }

    private static ChangingRequest control(String name, int code, int allowedBy, boolean file, Buffer buffer) {
        Message message =
                target -> new IoctlRequest(code, target.open(), 0, 4096, IoctlRequest.FLAG_IS_FSCTL, buffer.of(target));
        return new ChangingRequest(name, Smb2Command.IOCTL, allowedBy, file, false, message);
    }

    private static ByteBuf numbers(long... values) {
        ByteBuf buffer = Unpooled.buffer();
        for (long value : values) {
            buffer.writeLongLE(value);
        }
        return buffer;
    }

    private static ByteBuf bytes(int... values) {
        ByteBuf buffer = Unpooled.buffer();
        for (int value : values) {
            buffer.writeByte(value);
        }
        return buffer;
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static ByteBuf name(int flags, String newName) {
        return bytes(flags, 0, 0, 0, 0, 0, 0, 0).writeLongLE(0).writeBytes(name(newName));
    }

    private static ByteBuf name(String name) {
        byte[] units = name.getBytes(StandardCharsets.UTF_16LE);
        return Unpooled.buffer().writeIntLE(units.length).writeBytes(units);
    }

    private static ByteBuf attribute() {
        return bytes(0, 0, 0, 0, 0, 4, 5, 0).writeBytes(text("NAME\0value"));
    }

    private static ByteBuf chunks(Target target) {
        return Unpooled.buffer().writeBytes(target.resumeKey()).writeLongLE(1).writeBytes(numbers(0, 0, 4096));
    }

    /** A symbolic link: MS-FSCC 2.1.2.4 Symbolic Link Reparse Data Buffer. */
    private static ByteBuf reparsePoint() {
        byte[] path = "x".getBytes(StandardCharsets.UTF_16LE);
        return Unpooled.buffer()
                .writeIntLE(0xA000000C)
                .writeShortLE(12 + 2 * path.length)
                .writeShortLE(0)
                .writeShortLE(0)
                .writeShortLE(path.length)
                .writeShortLE(path.length)
                .writeShortLE(path.length)
                .writeIntLE(1)
                .writeBytes(path)
                .writeBytes(path);
    }
}
