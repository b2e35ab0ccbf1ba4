package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.smbd.protocol.wire.MalformedMessage;

/**
 * Parameters and data of one transaction, put together from its messages. MS-CIFS 3.2.4.1.4, 3.3.5.2.5. Messages may
 * lower the totals, never raise them; each byte comes once and in order, so that nothing overlaps and nothing is left
 * out. Owns its buffers until {@link #release}.
 */
public final class TransactionAssembly {
    private final ByteBuf parameters;
    private final ByteBuf data;
    private long totalParameters;
    private long totalData;

    /**
     * Begins with the first message.
     *
     * @param bytesMax limit of both totals together
     * @throws MalformedMessage where the totals are above it, or less than what came
     */
    public TransactionAssembly(Smb1TransactionRequest.Start start, int bytesMax, ByteBufAllocator allocator) {
        totalParameters = start.totalParameterCount();
        totalData = start.totalDataCount();
        if (totalParameters + totalData > bytesMax) {
            throw MalformedMessage.invalidParameter();
        }
        int parametersFirst = start.parameters().readableBytes();
        int dataFirst = start.data().readableBytes();
        if (parametersFirst > totalParameters || dataFirst > totalData) {
            throw MalformedMessage.invalidParameter();
        }
        // What only was announced takes no memory.
        parameters = allocator.directBuffer(Math.max(1, parametersFirst), (int) Math.max(1, totalParameters));
        data = allocator.directBuffer(Math.max(1, dataFirst), (int) Math.max(1, totalData));
        parameters.writeBytes(start.parameters());
        data.writeBytes(start.data());
    }

    /** Adds a further message. */
    public void add(Smb1TransactionRequest.Secondary part) {
        if (part.totalParameterCount() > totalParameters || part.totalDataCount() > totalData) {
            throw MalformedMessage.invalidParameter();
        }
        totalParameters = part.totalParameterCount();
        totalData = part.totalDataCount();
        append(parameters, part.parameters(), part.parameterDisplacement(), totalParameters);
        append(data, part.data(), part.dataDisplacement(), totalData);
    }

    private static void append(ByteBuf target, ByteBuf part, long displacement, long total) {
        int bytes = part.readableBytes();
        if (target.writerIndex() + (long) bytes > total || bytes > 0 && displacement != target.writerIndex()) {
            throw MalformedMessage.invalidParameter();
        }
        target.writeBytes(part);
    }

    /** Whether all has come. */
    public boolean isComplete() {
        return parameters.writerIndex() >= totalParameters && data.writerIndex() >= totalData;
    }

    /** All parameters; borrowed. */
    public ByteBuf parameters() {
        return parameters;
    }

    /** All data; borrowed. */
    public ByteBuf data() {
        return data;
    }

    public void release() {
        parameters.release();
        data.release();
    }
}
