package org.smbd.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1NegotiateRequest;
import org.smbd.protocol.wire.Hex;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/** What stands before a session exists meets any bytes with a value or the loss of the connection. */
class FrameFuzzTest {
    static Stream<byte[]> sealedMessages() {
        return Stream.of(
                ByteBufUtil.getBytes(Hex.bytes(Hex.written(0, new TransformHeader(4, 1)::encode) + "aabbccdd")));
    }

    static Stream<byte[]> sessionRequests() {
        NetBiosSessionRequest request = new NetBiosSessionRequest(NetBiosName.SMBSERVER, new NetBiosName("CLIENT", 0));
        return Stream.of(ByteBufUtil.getBytes(Hex.bytes(Hex.written(0, request::encode))));
    }

    static Stream<byte[]> smb1Negotiations() {
        Smb1Header header = new Smb1Header(Smb1Header.COM_NEGOTIATE, 0, 0x18, 0xC853, 1, 2, 3, 4);
        return Stream.of(
                        Stream.of("NT LM 0.12"),
                        Stream.of("NT LM 0.12", Smb1NegotiateRequest.SMB_2_002),
                        Stream.of(Smb1NegotiateRequest.SMB_2_002, Smb1NegotiateRequest.SMB_2_WILDCARD))
                .map(dialects -> new Smb1NegotiateRequest(header, dialects.toList()))
                .map(request -> ByteBufUtil.getBytes(Hex.bytes(Hex.written(0, request::encode))));
    }

    @FuzzTest
    @MethodSource("sealedMessages")
    void anyTransformHeader(byte[] message) {
        onlyLosingTheConnection(() -> {
            TransformHeader header = TransformHeader.decode(new WireReader(Unpooled.wrappedBuffer(message)));
            assertEquals(message.length - TransformHeader.SIZE_BYTES, header.originalMessageSize());
        });
    }

    @FuzzTest
    @MethodSource("sessionRequests")
    void anyNetBiosSessionRequest(byte[] packet) {
        onlyLosingTheConnection(() -> {
            NetBiosSessionRequest request =
                    NetBiosSessionRequest.decode(new WireReader(Unpooled.wrappedBuffer(packet)));
            String again = Hex.written(0, request::encode);
            assertEquals(request, NetBiosSessionRequest.decode(new WireReader(Hex.bytes(again))));
        });
    }

    @FuzzTest
    @MethodSource("smb1Negotiations")
    void anySmb1Negotiation(byte[] message) {
        onlyLosingTheConnection(() -> {
            Smb1NegotiateRequest request = Smb1NegotiateRequest.decode(new WireReader(Unpooled.wrappedBuffer(message)));
            String again = Hex.written(0, request::encode);
            assertEquals(request, Smb1NegotiateRequest.decode(new WireReader(Hex.bytes(again))));
        });
    }

    private static void onlyLosingTheConnection(Runnable decode) {
        try {
            decode.run();
        } catch (MalformedMessage refused) {
            assertEquals(MalformedMessage.Scope.CONNECTION, refused.scope());
        }
    }
}
