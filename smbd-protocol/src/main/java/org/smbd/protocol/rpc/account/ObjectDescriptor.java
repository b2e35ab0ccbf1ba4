package org.smbd.protocol.rpc.account;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.NdrWriter;

/** The security descriptor of an object of these services. MS-DTYP 2.4.6 SECURITY_DESCRIPTOR, self-relative. */
public final class ObjectDescriptor {
    /** MS-DTYP 2.4.6: SE_SELF_RELATIVE, SE_DACL_PRESENT. */
    private static final int CONTROL = 0x8004;

    private static final int HEADER_BYTES = 20;
    private static final int ACL_HEADER_BYTES = 8;
    private static final int ACE_HEADER_BYTES = 8;
    private static final int ACL_REVISION = 2;

    private ObjectDescriptor() {}

    /** Writes a pointer to it with its length: everyone has one set of rights, administrators another. */
    public static void write(int everyoneAccess, int administratorsAccess, NdrWriter out) {
        byte[] descriptor = bytes(everyoneAccess, administratorsAccess);
        out.pointer(); // SecurityDescriptor
        out.i32(descriptor.length); // Length
        out.pointer(() -> {
            out.i32(descriptor.length); // maximum count
            out.bytes(descriptor);
        });
        out.deferred();
    }

    private static byte[] bytes(int everyoneAccess, int administratorsAccess) {
        List<Sid> sids = List.of(Sid.EVERYONE, Sid.BUILTIN_ADMINISTRATORS);
        int aclBytes = ACL_HEADER_BYTES;
        for (Sid sid : sids) {
            aclBytes += ACE_HEADER_BYTES + size(sid);
        }
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + aclBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 1).put((byte) 0); // Revision, Sbz1
        out.putShort((short) CONTROL); // Control
        out.putInt(0).putInt(0).putInt(0); // OffsetOwner, OffsetGroup, OffsetSacl
        out.putInt(HEADER_BYTES); // OffsetDacl
        out.put((byte) ACL_REVISION).put((byte) 0); // AclRevision, Sbz1
        out.putShort((short) aclBytes); // AclSize
        out.putShort((short) sids.size()).putShort((short) 0); // AceCount, Sbz2
        for (Sid sid : sids) {
            out.put((byte) 0).put((byte) 0); // AceType: allowed; AceFlags
            out.putShort((short) (ACE_HEADER_BYTES + size(sid))); // AceSize
            out.putInt(sid.equals(Sid.EVERYONE) ? everyoneAccess : administratorsAccess); // Mask
            out.put((byte) 1).put((byte) sid.subAuthorities().size());
            for (int shift = 40; shift >= 0; shift -= 8) {
                out.put((byte) (sid.authority() >>> shift));
            }
            sid.subAuthorities().forEach(out::putInt);
        }
        return out.array();
    }

    private static int size(Sid sid) {
        return 8 + 4 * sid.subAuthorities().size();
    }
}
