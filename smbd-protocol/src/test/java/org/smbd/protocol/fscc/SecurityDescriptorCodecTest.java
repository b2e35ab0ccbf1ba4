package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireWriter;

class SecurityDescriptorCodecTest {
    private static final String OWNER = "01 02 000000000005 20000000 20020000"; // S-1-5-32-544
    private static final String GROUP = "01 01 000000000016 01000000"; // S-1-22-1
    private static final String SACL = "02 00 1c00 0100 0000" + "02 40 1400 ff011f00" + "01 01 000000000001 00000000";
    private static final String DACL = "04 00 3400 0200 0000"
            + "00 03 1400 a9001200 01 01 000000000001 00000000"
            + "09 00 1800 01000000 01 01 000000000005 0b000000 61727478";
    private static final String WHOLE = "01 00 1494 14000000 24000000 30000000 4c000000" + OWNER + GROUP + SACL + DACL;

    private static final SecurityDescriptor DESCRIPTOR = new SecurityDescriptor(
            SecurityDescriptor.SE_DACL_PRESENT
                    | SecurityDescriptor.SE_SACL_PRESENT
                    | SecurityDescriptor.SE_DACL_AUTO_INHERITED
                    | SecurityDescriptor.SE_DACL_PROTECTED,
            Optional.of(Sid.BUILTIN_ADMINISTRATORS),
            Optional.of(Sid.of(22, 1)),
            Optional.of(new Acl(
                    Acl.REVISION_DS,
                    List.of(
                            Ace.allow(Ace.OBJECT_INHERIT | Ace.CONTAINER_INHERIT, 0x1200A9, Sid.EVERYONE),
                            new Ace(Ace.ACCESS_ALLOWED_CALLBACK, 0, 1, Sid.AUTHENTICATED_USERS, new byte[] {
                                'a', 'r', 't', 'x'
                            })))),
            Optional.of(Acl.of(new Ace(Ace.SYSTEM_AUDIT, 0x40, 0x1F01FF, Sid.EVERYONE))));

    @Test
    void aDescriptorIsWrittenAndReadInItsSelfRelativeForm() {
        ByteBuf out = Unpooled.buffer().writeZero(5);
        SecurityDescriptorCodec.encode(DESCRIPTOR, new WireWriter(out, 0));
        assertEquals(Hex.plain(WHOLE), Hex.of(out.skipBytes(5)));
        assertEquals(out.readableBytes(), SecurityDescriptorCodec.size(DESCRIPTOR));
        assertEquals(DESCRIPTOR, SecurityDescriptorCodec.decode(Hex.reader(WHOLE)));
    }

    @Test
    void everyTruncationIsRefused() {
        String whole = Hex.plain(WHOLE);
        for (int length = 0; length < whole.length() / 2; length++) {
            assertRefused(whole.substring(0, 2 * length));
        }
    }

    @Test
    void onlyThePartsAskedForAreShown() {
        SecurityDescriptor owner = DESCRIPTOR.select(SecurityDescriptor.OWNER_SECURITY_INFORMATION);
        ByteBuf out = Unpooled.buffer();
        SecurityDescriptorCodec.encode(owner, new WireWriter(out));
        assertEquals(Hex.plain("01 00 0080 14000000 00000000 00000000 00000000" + OWNER), Hex.of(out));

        SecurityDescriptor dacl = DESCRIPTOR.select(SecurityDescriptor.DACL_SECURITY_INFORMATION);
        out.clear();
        SecurityDescriptorCodec.encode(dacl, new WireWriter(out));
        assertEquals(Hex.plain("01 00 0494 00000000 00000000 00000000 14000000" + DACL), Hex.of(out));

        assertEquals(20, SecurityDescriptorCodec.size(DESCRIPTOR.select(0)));
    }

    @Test
    void aNullListIsNotAnEmptyOne() {
        String header = "01 00 0480 00000000 00000000 00000000 ";
        SecurityDescriptor nullList = SecurityDescriptorCodec.decode(Hex.reader(header + "00000000"));
        SecurityDescriptor empty = SecurityDescriptorCodec.decode(Hex.reader(header + "14000000 02 00 0800 0000 0000"));
        assertEquals(Optional.empty(), nullList.dacl());
        assertEquals(true, nullList.isDaclPresent());
        assertEquals(Optional.of(Acl.of()), empty.dacl());
    }

    @Test
    void aListThatIsNotPresentIsNotLookedAt() {
        SecurityDescriptor descriptor =
                SecurityDescriptorCodec.decode(Hex.reader("01 00 0080 00000000 00000000 00000000 ffffffff"));
        assertEquals(Optional.empty(), descriptor.dacl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02 00 0080 00000000 00000000 00000000 00000000", // revision
                "01 00 0000 00000000 00000000 00000000 00000000", // absolute form
                "01 00 0080 04000000 00000000 00000000 00000000", // owner within the header
                "01 00 0080 fcffffff 00000000 00000000 00000000", // an offset that wraps
                "01 00 0480 00000000 00000000 00000000 14000000 02 00 0800 ffff 0000", // 65,535 entries that are not
                // there
                "01 00 0480 00000000 00000000 00000000 14000000 02 00 0400 0000 0000", // a list shorter than its header
                "01 00 0480 00000000 00000000 00000000 14000000 02 00 ffff 0000 0000", // a list longer than the message
                "01 00 0480 00000000 00000000 00000000 14000000 05 00 0800 0000 0000", // a revision that does not exist
                "01 00 0480 00000000 00000000 00000000 14000000 02 00 1c00 0100 0000"
                        + "00 00 0000 a9001200 01 01 000000000001 00000000", // an entry of no size
                "01 00 0480 00000000 00000000 00000000 14000000 02 00 1c00 0100 0000"
                        + "00 00 1200 a9001200 01 01 000000000001 00000000", // of a size that cuts it
                "01 00 0480 00000000 00000000 00000000 14000000 02 00 1c00 0100 0000"
                        + "00 00 1400 a9001200 01 ff 000000000001 00000000", // 255 sub-authorities
                "01 00 0480 00000000 00000000 00000000 14000000 02 00 1c00 0100 0000"
                        + "05 00 1400 a9001200 01 01 000000000001 00000000", // an object type
                "01 00 0080 14000000 00000000 00000000 00000000 01 10 000000000005", // 16 sub-authorities
            })
    void descriptorsThatLieAreRefused(String bytes) {
        assertRefused(bytes);
    }

    private static void assertRefused(String bytes) {
        MalformedMessage refusal =
                assertThrows(MalformedMessage.class, () -> SecurityDescriptorCodec.decode(Hex.reader(bytes)), bytes);
        assertEquals(NtStatus.INVALID_SECURITY_DESCR, refusal.status());
    }
}
