package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Response;
import org.smbd.protocol.wire.WireReader;

/**
 * One message of the server.
 *
 * @param message from its header on, pad included
 * @param sealed whether it came in a TRANSFORM_HEADER
 */
record RawAnswer(Smb2Header header, ByteBuf message, boolean sealed) {
    int status() {
        return header.status();
    }

    boolean signed() {
        return header.has(Smb2Flags.SIGNED);
    }

    RawAnswer expect(NtStatus status) {
        assertEquals(Optional.of(status), NtStatus.of(header.status()), header::toString);
        return this;
    }

    <T extends Smb2Response> T body(Class<T> type) {
        WireReader in = new WireReader(message);
        in.seek(Smb2Header.SIZE_BYTES);
        return type.cast(Smb2Response.decode(header.command(), in));
    }
}
