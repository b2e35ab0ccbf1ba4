package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.fsctl.NfsReparse;
import org.smbd.protocol.fsctl.ReparseBuffer;
import org.smbd.protocol.fsctl.SymbolicLinkReparse;
import org.smbd.protocol.smb2.ErrorBody;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipeline.Reply;
import org.smbd.vfs.LinkStop;
import org.smbd.vfs.data.ReparseData;

/**
 * MS-FSCC 2.3.27 FSCTL_GET_REPARSE_POINT Request, 2.3.81 FSCTL_SET_REPARSE_POINT Request, 2.3.5
 * FSCTL_DELETE_REPARSE_POINT Request.
 */
final class ReparseControls {
    private static final int HEAD_BYTES = 8;

    private ReparseControls() {}

    static Reply get(FsctlCall call) {
        byte[] whole = buffer(call.controls().reparsePoints().get(call.open()));
        call.requireOutput(HEAD_BYTES, NtStatus.BUFFER_TOO_SMALL);
        int length = Math.min(whole.length, call.outputMax());
        return call.answer(
                length < whole.length ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS,
                length,
                out -> out.bytes(Unpooled.wrappedBuffer(whole, 0, length)));
    }

    static Reply set(FsctlCall call) {
        ReparseBuffer input = ReparseBuffer.decode(call.input());
        if (input.tag() == SymbolicLinkReparse.TAG) {
            requireTarget(SymbolicLinkReparse.decode(call.input()));
        }
        call.controls()
                .reparsePoints()
                .set(call.open(), new ReparseData.Kept(input.tag(), input.guid(), bytes(input::encode)));
        return call.done();
    }

    /** A link that leads nowhere could only stop clients: IO_REPARSE_DATA_INVALID. */
    private static void requireTarget(SymbolicLinkReparse link) {
        if (link.substituteName().isEmpty()) {
            throw NtStatus.IO_REPARSE_DATA_INVALID.exception();
        }
    }

    static Reply delete(FsctlCall call) {
        ReparseBuffer input = ReparseBuffer.decode(call.input());
        if (input.data().length > 0) {
            return Reply.failure(NtStatus.IO_REPARSE_DATA_INVALID);
        }
        call.controls().reparsePoints().delete(call.open(), input.tag(), input.guid());
        return call.done();
    }

    /** MS-SMB2 2.2.2.2.1 Symbolic Link Error Response; nothing if the link is damaged. */
    static ErrorBody stopped(LinkStop stop) {
        try {
            SymbolicLinkReparse link =
                    SymbolicLinkReparse.decode(new WireReader(Unpooled.wrappedBuffer(buffer(stop.link()))));
            return new ErrorBody.SymbolicLink(
                    2 * stop.unparsedChars(), link.substituteName(), link.printName(), link.flags());
        } catch (MalformedMessage damaged) {
            return ErrorBody.Empty.INSTANCE;
        }
    }

    private static byte[] buffer(ReparseData data) {
        if (data instanceof ReparseData.Kept kept) {
            return kept.buffer();
        } else if (data instanceof ReparseData.HostLink link) {
            String target = link.target().replace('/', '\\');
            int flags = target.startsWith("\\") ? 0 : SymbolicLinkReparse.FLAG_RELATIVE;
            return bytes(new SymbolicLinkReparse(target, target, flags)::encode);
        }
        ReparseData.HostSpecial special = (ReparseData.HostSpecial) data;
        return bytes(new NfsReparse(type(special.kind()), special.major(), special.minor())::encode);
    }

    private static long type(ReparseData.HostSpecial.Kind kind) {
        return switch (kind) {
            case FIFO -> NfsReparse.FIFO;
            case SOCKET -> NfsReparse.SOCK;
            case CHARACTER_DEVICE -> NfsReparse.CHR;
            case BLOCK_DEVICE -> NfsReparse.BLK;
        };
    }

    /** A few bytes, at most those of {@link ReparseBuffer#SIZE_BYTES_MAX}. */
    private static byte[] bytes(Consumer<WireWriter> encoder) {
        ByteBuf buffer = Unpooled.buffer();
        encoder.accept(new WireWriter(buffer));
        return ByteBufUtil.getBytes(buffer);
    }
}
