package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.pipe.PipeOpen;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;

/** The functions of SMB_COM_TRANSACTION: named pipes, MS-CIFS 2.2.5, and the remote calls of LANMAN, MS-RAP. */
final class PipeTransactions {
    private static final int SET_STATE = 0x01;
    private static final int RAW_READ = 0x11;
    private static final int QUERY_STATE = 0x21;
    private static final int QUERY_INFO = 0x22;
    private static final int PEEK = 0x23;
    private static final int TRANSACT = 0x26;
    private static final int RAW_WRITE = 0x31;
    private static final int WAIT = 0x53;
    private static final int CALL = 0x54;

    private static final String PIPES = "\\PIPE\\";
    private static final String LANMAN = "\\PIPE\\LANMAN";
    /** MS-CIFS 2.2.5.3: a message pipe that is read by messages, with any number of instances. */
    private static final int STATE = 0x05FF;

    private static final int STATE_READ_MESSAGES = 0x0100;
    private static final int CONNECTED = 3;
    private static final int BUFFER_BYTES = 4280;

    private final PipeTree pipes;
    private final RapService rap;

    PipeTransactions(PipeTree pipes, RapService rap) {
        this.pipes = pipes;
        this.rap = rap;
    }

    Smb1Reply perform(Transaction transaction) {
        if (!transaction.call().share().isPipe()) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        String name = transaction.start().name().toUpperCase(Locale.ROOT);
        if (name.equals(LANMAN)) {
            return rap.perform(transaction);
        }
        if (!name.startsWith(PIPES) && !name.equals("\\PIPE")) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        return switch (transaction.function()) {
            case TRANSACT -> transact(transaction, pipe(transaction));
            case PEEK -> peek(transaction, pipe(transaction));
            case SET_STATE -> setState(transaction, pipe(transaction));
            case QUERY_STATE -> {
                pipe(transaction);
                yield transaction.answer(out -> out.u16(STATE));
            }
            case QUERY_INFO -> queryInfo(transaction, pipe(transaction));
            case WAIT -> waitFor(transaction);
            case CALL -> call(transaction);
            case RAW_READ -> read(transaction, pipe(transaction));
            case RAW_WRITE -> rawWrite(transaction, pipe(transaction));
            default -> throw NtStatus.INVALID_PARAMETER.exception();
        };
    }

    private static PipeOpen pipe(Transaction transaction) {
        WireReader setup = transaction.setupReader();
        setup.skip(2); // Subcommand
        Smb1Open open = transaction.call().open(setup.u16());
        if (open.handle().resource() instanceof OpenResource.Pipe pipe) {
            return pipe.pipe();
        }
        throw NtStatus.INVALID_HANDLE.exception();
    }

    /** MS-CIFS 2.2.5.6 TRANS_TRANSACT_NMPIPE. */
    private static Smb1Reply transact(Transaction transaction, PipeOpen pipe) {
        pipe.write(transaction.data());
        return read(transaction, pipe);
    }

    private static Smb1Reply read(Transaction transaction, PipeOpen pipe) {
        int lengthMax = Math.min(transaction.dataMax(), pipe.messageRemaining());
        ByteBuf data = transaction.call().buffer(lengthMax);
        NtStatus status = pipe.read(data, lengthMax);
        if (status.isError()) {
            data.release();
            throw status.exception();
        }
        return transaction.answer(status, out -> {}, data);
    }

    /** MS-CIFS 2.2.5.5 TRANS_PEEK_NMPIPE. */
    private static Smb1Reply peek(Transaction transaction, PipeOpen pipe) {
        PipeOpen.Backlog backlog = pipe.backlog();
        int dataMax = Math.min(transaction.dataMax(), backlog.messageBytes());
        ByteBuf data = transaction.call().buffer(dataMax);
        pipe.peek(data, dataMax);
        NtStatus status = dataMax < backlog.messageBytes() ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS;
        return transaction.answer(
                status,
                out -> {
                    out.u16(backlog.unreadBytes()); // ReadDataAvailable
                    out.u16(backlog.messageBytes()); // MessageBytesLength
                    out.u16(CONNECTED); // NamedPipeState
                },
                data);
    }

    /** MS-CIFS 2.2.5.1 TRANS_SET_NMPIPE_STATE. */
    private static Smb1Reply setState(Transaction transaction, PipeOpen pipe) {
        int state = transaction.parameterReader().u16();
        pipe.setReadMode((state & STATE_READ_MESSAGES) != 0 ? 1 : 0);
        return transaction.done();
    }

    /** MS-CIFS 2.2.5.4 TRANS_QUERY_NMPIPE_INFO. */
    private static Smb1Reply queryInfo(Transaction transaction, PipeOpen pipe) {
        if (transaction.parameterReader().u16() != 1) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        pipe.backlog();
        ByteBuf data = transaction.call().buffer(64);
        WireWriter out = new WireWriter(data);
        out.u16(BUFFER_BYTES); // OutputBufferSize
        out.u16(BUFFER_BYTES); // InputBufferSize
        out.u8(0xFF); // MaximumInstances
        out.u8(1); // CurrentInstances
        out.u8(0); // PipeNameLength
        return transaction.answer(NtStatus.SUCCESS, parameters -> {}, data);
    }

    /** MS-CIFS 2.2.5.11 TRANS_RAW_WRITE_NMPIPE. */
    private static Smb1Reply rawWrite(Transaction transaction, PipeOpen pipe) {
        int length = transaction.data().readableBytes();
        pipe.write(transaction.data());
        return transaction.answer(out -> out.u16(length));
    }

    /** MS-CIFS 2.2.5.10 TRANS_WAIT_NMPIPE: our pipes take any number of clients, so that nobody ever waits. */
    private Smb1Reply waitFor(Transaction transaction) {
        if (!pipes.exists(name(transaction))) {
            throw NtStatus.OBJECT_NAME_NOT_FOUND.exception();
        }
        return transaction.done();
    }

    private static String name(Transaction transaction) {
        return OpenCommands.longPipeName(transaction.start().name());
    }

    /** MS-CIFS 2.2.5.9 TRANS_CALL_NMPIPE: open, transact and close in one. */
    private Smb1Reply call(Transaction transaction) {
        Smb1Call call = transaction.call();
        PipeOpen pipe = pipes.open(name(transaction), call.caller());
        OpenHandle handle = call.session().register(call.share(), new OpenResource.Pipe(pipe));
        try {
            return transact(transaction, pipe);
        } finally {
            call.session().close(handle);
        }
    }
}
