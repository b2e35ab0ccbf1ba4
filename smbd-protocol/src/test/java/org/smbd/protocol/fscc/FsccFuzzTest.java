package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** Any bytes are either what they should be, or refused as malformed; seeds lie beside, in the resources. */
class FsccFuzzTest {
    @FuzzTest
    void setInformation(byte[] data) {
        if (data.length == 0) {
            return;
        }
        try {
            FileInformationClass infoClass = FileInformationClass.ofSet(data[0] & 0xFF);
            ByteBuf body = Unpooled.wrappedBuffer(data, 1, data.length - 1);
            assertNotNull(SetFileInformation.decode(infoClass, new WireReader(body)));
        } catch (SmbException | MalformedMessage refused) {
            assertNotNull(refused.getMessage());
        }
    }

    @FuzzTest
    void securityDescriptor(byte[] data) {
        SecurityDescriptor descriptor;
        try {
            descriptor = SecurityDescriptorCodec.decode(new WireReader(Unpooled.wrappedBuffer(data)));
        } catch (MalformedMessage refused) {
            return;
        }
        ByteBuf out = Unpooled.buffer();
        SecurityDescriptorCodec.encode(descriptor, new WireWriter(out));
        assertEquals(SecurityDescriptorCodec.size(descriptor), out.readableBytes());
        assertEquals(descriptor, SecurityDescriptorCodec.decode(new WireReader(out)));
    }
}
