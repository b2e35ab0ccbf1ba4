package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1TransactionRequest;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * A transaction all of whose messages have come. MS-CIFS 3.3.5.2.5 Receiving Any Transaction.
 *
 * @param start its first message, whose slices are not valid any more
 * @param setup the setup words, as bytes
 * @param parameters borrowed
 * @param data borrowed
 */
record Transaction(
        Smb1Call call, boolean nt, Smb1TransactionRequest.Start start, byte[] setup, ByteBuf parameters, ByteBuf data) {
    int function() {
        return start.function();
    }

    /** Most parameters that the client takes, in bytes. */
    int parametersMax() {
        return (int) Math.min(start.maxParameterCount(), Smb1Limits.TRANSACTION_BYTES);
    }

    /** Most data that the client takes, in bytes. */
    int dataMax() {
        return (int) Math.min(start.maxDataCount(), Smb1Limits.TRANSACTION_BYTES);
    }

    WireReader setupReader() {
        return new WireReader(Unpooled.wrappedBuffer(setup));
    }

    WireReader parameterReader() {
        return new WireReader(parameters);
    }

    WireReader dataReader() {
        return new WireReader(data);
    }

    /** Nothing to say. */
    Smb1Reply done() {
        return answer(out -> {});
    }

    /** An answer of parameters alone. */
    Smb1Reply answer(Consumer<WireWriter> parametersWriter) {
        return answer(NtStatus.SUCCESS, parametersWriter, call.buffer(1));
    }

    /** @param answerData taken over */
    Smb1Reply answer(NtStatus status, Consumer<WireWriter> parametersWriter, ByteBuf answerData) {
        ByteBuf answerParameters = call.buffer(64);
        parametersWriter.accept(new WireWriter(answerParameters));
        return new Smb1Reply.Transaction(status, nt, Unpooled.EMPTY_BUFFER, answerParameters, answerData);
    }
}
