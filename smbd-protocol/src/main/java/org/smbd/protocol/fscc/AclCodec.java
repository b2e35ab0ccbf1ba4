package org.smbd.protocol.fscc;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-DTYP 2.4.5 ACL and 2.4.4 ACE. */
final class AclCodec {
    private static final int FIXED_BYTES = 8;
    private static final int ACE_FIXED_BYTES = 8;
    private static final int ALIGNMENT = 4;

    private AclCodec() {}

    static int size(Acl acl) {
        return FIXED_BYTES + acl.entries().stream().mapToInt(AclCodec::size).sum();
    }

    private static int size(Ace ace) {
        int size = ACE_FIXED_BYTES + SidCodec.size(ace.sid()) + ace.data().length;
        return (size + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /**
     * Entries lie within AclSize, which lies within the message; each takes its bytes as it is read, so that a count
     * that lies ends there.
     *
     * @throws MalformedMessage where one of these does not hold
     */
    static Acl decode(WireReader in) {
        int revision = in.u8(); // AclRevision
        in.skip(1); // Sbz1
        int size = in.u16(); // AclSize
        int count = in.u16(); // AceCount
        in.skip(2); // Sbz2
        if (revision < Acl.REVISION || revision > Acl.REVISION_DS) {
            throw MalformedMessage.invalidParameter();
        }
        WireReader entries = in.subReader(size - (long) FIXED_BYTES);
        List<Ace> aces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            aces.add(decodeAce(entries));
        }
        return new Acl(revision, aces);
    }

    private static Ace decodeAce(WireReader in) {
        int type = in.u8(); // AceType
        int flags = in.u8(); // AceFlags
        int size = in.u16(); // AceSize
        if (!Ace.isSingleSidType(type) || size % ALIGNMENT != 0) {
            throw MalformedMessage.invalidParameter();
        }
        WireReader body = in.subReader(size - 4L);
        int mask = body.i32(); // Mask
        Sid sid = SidCodec.decode(body); // Sid
        return new Ace(type, flags, mask, sid, body.bytes(body.remaining())); // ApplicationData
    }

    static void encode(Acl acl, WireWriter out) {
        out.u8(acl.revision()); // AclRevision
        out.u8(0); // Sbz1
        out.u16(size(acl)); // AclSize
        out.u16(acl.entries().size()); // AceCount
        out.u16(0); // Sbz2
        for (Ace ace : acl.entries()) {
            WireWriter entry = out.nested();
            entry.u8(ace.type()); // AceType
            entry.u8(ace.flags()); // AceFlags
            entry.u16(size(ace)); // AceSize
            entry.i32(ace.accessMask()); // Mask
            SidCodec.encode(ace.sid(), entry); // Sid
            entry.bytes(ace.data()); // ApplicationData
            entry.align(ALIGNMENT);
        }
    }
}
