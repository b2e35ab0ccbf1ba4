package org.smbd.protocol.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over a message. MS-SMB2 3.1.4.1, RFC 2104. */
final class HmacSha256 implements MessageMac {
    private final InstancePool<Mac> macs;

    HmacSha256(byte[] key) {
        SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
        macs = new InstancePool<>(() -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac;
        });
    }

    @Override
    public byte[] compute(ByteBuf message, int index, int length, Sender sender) throws GeneralSecurityException {
        Mac mac = macs.take();
        byte[] step = Scratch.current().in;
        for (int offset = 0; offset < length; offset += step.length) {
            int count = Math.min(step.length, length - offset);
            SignedBytes.copy(message, index, offset, count, step);
            mac.update(step, 0, count);
        }
        byte[] full = mac.doFinal();
        macs.giveBack(mac);
        return full;
    }
}
