package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireWriter;

/**
 * One message of the answer to a transaction. MS-CIFS 2.2.4.33.2 SMB_COM_TRANSACTION Response, 2.2.4.46.2, 2.2.4.62.2
 * SMB_COM_NT_TRANSACT Response. Slices are borrowed.
 *
 * @param nt whether counts have 32 bits
 * @param setup setup words, as bytes
 * @param totals of all messages of the answer
 * @param parameters what this message brings
 * @param parameterDisplacement of it, in bytes
 * @param data what this message brings
 * @param dataDisplacement of it, in bytes
 */
public record TransactionResponse(
        boolean nt,
        ByteBuf setup,
        Totals totals,
        ByteBuf parameters,
        int parameterDisplacement,
        ByteBuf data,
        int dataDisplacement)
        implements Smb1Response {
    /** Header, words, counts and padding of a message, without setup words. */
    public static final int OVERHEAD_BYTES = Smb1Header.SIZE_BYTES + 1 + 2 * 18 + 2 + 3 + 3;

    private static final int ALIGNMENT = 4;

    /** Of all messages of an answer, in bytes. */
    public record Totals(int parameters, int data) {}

    @Override
    public void words(WireWriter out) {
        int wordBytes = (nt ? 36 : 20) + setup.readableBytes();
        int bytesStart = out.position() + wordBytes + 2;
        int parametersAt = aligned(bytesStart);
        int dataAt = aligned(parametersAt + parameters.readableBytes());
        if (nt) {
            out.zeros(3); // Reserved1
            out.i32(totals.parameters()); // TotalParameterCount
            out.i32(totals.data()); // TotalDataCount
            out.i32(parameters.readableBytes()); // ParameterCount
            out.i32(parametersAt); // ParameterOffset
            out.i32(parameterDisplacement); // ParameterDisplacement
            out.i32(data.readableBytes()); // DataCount
            out.i32(dataAt); // DataOffset
            out.i32(dataDisplacement); // DataDisplacement
            out.u8(setup.readableBytes() / 2); // SetupCount
        } else {
            out.u16(totals.parameters()); // TotalParameterCount
            out.u16(totals.data()); // TotalDataCount
            out.u16(0); // Reserved1
            out.u16(parameters.readableBytes()); // ParameterCount
            out.u16(parametersAt); // ParameterOffset
            out.u16(parameterDisplacement); // ParameterDisplacement
            out.u16(data.readableBytes()); // DataCount
            out.u16(dataAt); // DataOffset
            out.u16(dataDisplacement); // DataDisplacement
            out.u8(setup.readableBytes() / 2); // SetupCount
            out.u8(0); // Reserved2
        }
        out.bytes(setup);
    }

    @Override
    public void bytes(WireWriter out, Smb1Text text) {
        out.align(ALIGNMENT);
        out.bytes(parameters);
        out.align(ALIGNMENT);
        out.bytes(data);
    }

    private static int aligned(int position) {
        return position + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
