package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1Capabilities;
import org.smbd.protocol.smb1.Smb1DataRequest;
import org.smbd.protocol.smb1.Smb1DataResponse;
import org.smbd.protocol.smb1.Smb1Flags;
import org.smbd.protocol.smb1.Smb1Response;
import org.smbd.protocol.smb1.Smb1Text;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipe.PipeOpen;
import org.smbd.server.session.OpenResource;
import org.smbd.server.smb2.OpenTarget;
import org.smbd.vfs.ByteRange;

/** Commands that read and write: MS-CIFS 3.3.5.11 to 3.3.5.22, 3.3.5.36, 3.3.5.37. */
final class DataCommands {
    private static final int CORE_READ_OVERHEAD_BYTES = 64;

    private final LockCommands locks;

    DataCommands(LockCommands locks) {
        this.locks = locks;
    }

    /** SMB_COM_READ_ANDX. */
    static Smb1Reply readAndx(Smb1Call call) {
        boolean large = (call.connection().clientCapabilities() & Smb1Capabilities.LARGE_READX) != 0;
        Smb1DataRequest.Read request = Smb1DataRequest.Read.decodeAndx(call.block(), large);
        int max = Math.min(request.count(), Smb1Limits.LARGE_DATA_BYTES);
        return read(call, request, max, Smb1DataResponse.ReadAndx::new);
    }

    /** SMB_COM_READ. */
    static Smb1Reply readCore(Smb1Call call) {
        Smb1DataRequest.Read request = Smb1DataRequest.Read.decodeCore(call.block());
        return read(call, request, coreCount(call, request.count()), Smb1DataResponse.Read::new);
    }

    private static int coreCount(Smb1Call call, int count) {
        return Math.max(0, Math.min(count, call.connection().clientBufferBytes() - CORE_READ_OVERHEAD_BYTES));
    }

    /** SMB_COM_LOCK_AND_READ. */
    Smb1Reply lockAndRead(Smb1Call call) {
        Smb1DataRequest.Read request = Smb1DataRequest.Read.decodeCore(call.block());
        Smb1Open open = call.open(request.fid());
        OpenResource.File file = call.file(request.fid());
        ByteRange range = new ByteRange(request.offset(), request.count(), ByteRange.Action.EXCLUSIVE_LOCK, true);
        locks.lockNow(open, file, range, call.owner());
        return read(call, request, coreCount(call, request.count()), Smb1DataResponse.Read::new);
    }

    /** Makes the response of what was read. */
    private interface ReadResponse {
        Smb1Response of(ByteBuf data);
    }

    private static Smb1Reply read(Smb1Call call, Smb1DataRequest.Read request, int count, ReadResponse response) {
        Smb1Open open = call.open(request.fid());
        if (open.handle().resource() instanceof OpenResource.Pipe pipe) {
            return readPipe(call, pipe.pipe(), count, response);
        }
        OpenResource.File file = (OpenResource.File) open.handle().resource();
        if (file.open().isDirectory()) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        int executing = call.has(Smb1Flags.FLAGS2_PAGING_IO) ? AccessMask.FILE_EXECUTE : 0;
        OpenTarget.requireAny(file.open(), AccessMask.FILE_READ_DATA | executing);
        open.requireAny(AccessMask.FILE_READ_DATA | executing);
        if (request.offset() < 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        ByteBuf data = call.buffer(count);
        try {
            int read = count == 0
                    ? 0
                    : file.files().read(file.open(), request.offset(), data.nioBuffer(0, count), call.owner());
            data.writerIndex(read);
            file.files().setPosition(file.open(), request.offset() + read);
            return new Smb1Reply.Body(NtStatus.SUCCESS, new Owned(response.of(data), data));
        } catch (RuntimeException failed) {
            data.release();
            throw failed;
        }
    }

    private static Smb1Reply readPipe(Smb1Call call, PipeOpen pipe, int count, ReadResponse response) {
        int lengthMax = Math.min(count, pipe.messageRemaining());
        ByteBuf data = call.buffer(lengthMax);
        NtStatus status = pipe.read(data, lengthMax);
        if (status.isError()) {
            data.release();
            throw status.exception();
        }
        return new Smb1Reply.Body(status, new Owned(response.of(data), data));
    }

    /** A response that gives its data back once it is written. */
    private record Owned(Smb1Response response, ByteBuf data) implements Smb1Response {
        @Override
        public void words(WireWriter out) {
            response.words(out);
        }

        @Override
        public void bytes(WireWriter out, Smb1Text text) {
            response.bytes(out, text);
            data.release();
        }
    }

    /** SMB_COM_READ_RAW: an empty frame says that something is wrong, and to read in another way. */
    static Smb1Reply readRaw(Smb1Call call) {
        ByteBuf frame = call.connection().connection().transport().allocator().directBuffer(4);
        call.connection().connection().send(frame.writeInt(0));
        return new Smb1Reply.None();
    }

    /** SMB_COM_WRITE_ANDX. */
    static Smb1Reply writeAndx(Smb1Call call) {
        Smb1DataRequest.Write request = Smb1DataRequest.Write.decodeAndx(call.block());
        int prefixed = Smb1DataRequest.Write.RAW_MODE | Smb1DataRequest.Write.MESSAGE_START;
        boolean message = (request.writeMode() & prefixed) == prefixed;
        Smb1Open open = call.open(request.fid());
        if (open.handle().resource() instanceof OpenResource.Pipe pipe) {
            int prefix = message ? Short.BYTES : 0; // MS-CIFS 2.2.4.43.1: the length of the whole message
            int length = request.data().readableBytes();
            pipe.pipe().write(request.data().skipBytes(Math.min(prefix, length)));
            return Smb1Reply.of(new Smb1DataResponse.WriteAndx(length));
        }
        boolean writeThrough = (request.writeMode() & Smb1DataRequest.Write.WRITE_THROUGH) != 0;
        return Smb1Reply.of(
                new Smb1DataResponse.WriteAndx(write(call, open, request.offset(), request.data(), writeThrough)));
    }

    /** SMB_COM_WRITE: nothing to write cuts or extends the file to the offset. */
    static Smb1Reply writeCore(Smb1Call call) {
        Smb1DataRequest.Write request = Smb1DataRequest.Write.decodeCore(call.block());
        return Smb1Reply.of(new Smb1DataResponse.Count(writeCore(call, request)));
    }

    private static int writeCore(Smb1Call call, Smb1DataRequest.Write request) {
        Smb1Open open = call.open(request.fid());
        if (open.handle().resource() instanceof OpenResource.Pipe pipe) {
            int length = request.data().readableBytes();
            pipe.pipe().write(request.data());
            return length;
        }
        if (!request.data().isReadable()) {
            OpenResource.File file = (OpenResource.File) open.handle().resource();
            OpenTarget.requireAny(file.open(), AccessMask.FILE_WRITE_DATA);
            file.files().setEndOfFile(file.open(), request.offset());
            return 0;
        }
        return write(call, open, request.offset(), request.data(), false);
    }

    private static int write(Smb1Call call, Smb1Open open, long offset, ByteBuf data, boolean writeThrough) {
        OpenResource.File file = (OpenResource.File) open.handle().resource();
        if (file.open().isDirectory()) {
            throw NtStatus.INVALID_DEVICE_REQUEST.exception();
        }
        OpenTarget.requireAny(file.open(), AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA);
        open.requireAny(AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA);
        if (offset < 0 || offset > Long.MAX_VALUE - data.readableBytes()) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        if (!data.isReadable()) {
            return 0;
        }
        int count = file.files().write(file.open(), offset, data.nioBuffer(), writeThrough, call.owner());
        file.files().setPosition(file.open(), offset + count);
        return count;
    }

    /** SMB_COM_WRITE_AND_UNLOCK. */
    Smb1Reply writeAndUnlock(Smb1Call call) {
        Smb1DataRequest.Write request = Smb1DataRequest.Write.decodeCore(call.block());
        int count = writeCore(call, request);
        if (count > 0) {
            ByteRange range = new ByteRange(request.offset(), count, ByteRange.Action.UNLOCK, true);
            locks.unlock(call.open(request.fid()), call.file(request.fid()), range, call.owner());
        }
        return Smb1Reply.of(new Smb1DataResponse.Count(count));
    }

    /** SMB_COM_WRITE_AND_CLOSE. */
    static Smb1Reply writeAndClose(Smb1Call call) {
        Smb1DataRequest.WriteAndClose request = Smb1DataRequest.WriteAndClose.decode(call.block());
        Smb1Open open = call.find(request.fid());
        int count = 0;
        if (request.data().isReadable()) {
            count = writeCore(call, new Smb1DataRequest.Write(request.fid(), request.offset(), 0, request.data()));
            call.release();
            OpenCommands.close(
                    call, open, request.lastWriteTime()); // who writes nothing closes nothing: so Windows does
        }
        return Smb1Reply.of(new Smb1DataResponse.Count(count));
    }

    /** SMB_COM_WRITE_RAW: the answer that raw mode has no place here. */
    static Smb1Reply refuseRaw(Smb1Call call) {
        call.open(call.block().words().u16());
        throw NtStatus.SMB_USE_STANDARD.exception();
    }

    /** SMB_COM_SEEK: the file service keeps the position, as it does for all. */
    static Smb1Reply seek(Smb1Call call) {
        Smb1DataRequest.Seek request = Smb1DataRequest.Seek.decode(call.block());
        OpenResource.File file = call.file(request.fid());
        long base = switch (request.mode()) {
            case Smb1DataRequest.Seek.FROM_START -> 0;
            case Smb1DataRequest.Seek.FROM_CURRENT -> file.open().positionBytes();
            case Smb1DataRequest.Seek.FROM_END ->
                file.files().queryMetadata(file.open()).endOfFile();
            default -> throw NtStatus.INVALID_PARAMETER.exception();
        };
        long position = Math.max(0, base + request.offset());
        file.files().setPosition(file.open(), position);
        return Smb1Reply.of(new Smb1DataResponse.Seek((int) position));
    }
}
