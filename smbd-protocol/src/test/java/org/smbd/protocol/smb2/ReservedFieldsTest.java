package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smbd.protocol.smb2.Vector.behindHeader;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A receiver ignores what is reserved: clients leave anything there. */
class ReservedFieldsTest {
    /** A run of reserved bytes, counted from the body's first. */
    record Reserved(Class<? extends Smb2Request> request, int index, int bytes, String field) {}

    static Stream<Reserved> fields() {
        return Stream.of(
                new Reserved(NegotiateRequest.class, 6, 2, "Reserved"),
                new Reserved(NegotiateRequest.class, 34, 2, "Reserved2"),
                new Reserved(SessionSetupRequest.class, 8, 4, "Channel"),
                new Reserved(LogoffRequest.class, 2, 2, "Reserved"),
                new Reserved(TreeDisconnectRequest.class, 2, 2, "Reserved"),
                new Reserved(CreateRequest.class, 2, 1, "SecurityFlags"),
                new Reserved(CreateRequest.class, 8, 16, "SmbCreateFlags, Reserved"),
                new Reserved(CloseRequest.class, 4, 4, "Reserved"),
                new Reserved(FlushRequest.class, 2, 6, "Reserved1, Reserved2"),
                new Reserved(ReadRequest.class, 2, 1, "Padding"),
                new Reserved(ReadRequest.class, 40, 8, "RemainingBytes, ReadChannelInfo"),
                new Reserved(WriteRequest.class, 36, 8, "RemainingBytes, WriteChannelInfo"),
                new Reserved(LockRequest.class, 24 + 20, 4, "Reserved of a lock"),
                new Reserved(IoctlRequest.class, 2, 2, "Reserved"),
                new Reserved(IoctlRequest.class, 36, 8, "OutputOffset, OutputCount"),
                new Reserved(IoctlRequest.class, 52, 4, "Reserved2"),
                new Reserved(CancelRequest.class, 2, 2, "Reserved"),
                new Reserved(EchoRequest.class, 2, 2, "Reserved"),
                new Reserved(ChangeNotifyRequest.class, 28, 4, "Reserved"),
                new Reserved(QueryInfoRequest.class, 10, 2, "Reserved"),
                new Reserved(SetInfoRequest.class, 10, 2, "Reserved"),
                new Reserved(OplockBreakAcknowledgment.class, 3, 5, "Reserved, Reserved2"),
                new Reserved(LeaseBreakAcknowledgment.class, 2, 6, "Reserved, Flags"),
                new Reserved(LeaseBreakAcknowledgment.class, 28, 8, "LeaseDuration"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aReservedFieldIsIgnored(Reserved reserved) {
        List<Vector<Smb2Request>> vectors = RequestVectors.all()
                .filter(vector -> reserved.request.isInstance(vector.message()))
                .toList();
        for (Vector<Smb2Request> vector : vectors) {
            ByteBuf body = vector.body();
            for (int i = 0; i < reserved.bytes; i++) {
                body.setByte(reserved.index + i, 0xFF);
            }
            assertEquals(vector.message(), Smb2Request.decode(vector.command(), behindHeader(body)), reserved.field);
        }
    }
}
