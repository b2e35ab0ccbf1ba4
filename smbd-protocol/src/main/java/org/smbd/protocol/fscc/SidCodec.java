package org.smbd.protocol.fscc;

import java.util.ArrayList;
import java.util.List;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** MS-DTYP 2.4.2.2 SID--Packet Representation. */
public final class SidCodec {
    private static final int REVISION = 1;
    private static final int FIXED_BYTES = 8;

    private SidCodec() {}

    static int size(Sid sid) {
        return FIXED_BYTES + 4 * sid.subAuthorities().size();
    }

    /** @throws MalformedMessage where it is cut short, or of another revision, or has too many parts */
    public static Sid decode(WireReader in) {
        int revision = in.u8(); // Revision
        int count = in.u8(); // SubAuthorityCount
        if (revision != REVISION || count > Sid.SUB_AUTHORITIES_MAX) {
            throw MalformedMessage.invalidParameter();
        }
        long authority = 0;
        for (int i = 0; i < 6; i++) {
            authority = (authority << 8) | in.u8(); // IdentifierAuthority, big-endian
        }
        List<Integer> subAuthorities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            subAuthorities.add(in.i32()); // SubAuthority
        }
        return new Sid(authority, subAuthorities);
    }

    /** Appends a SID. */
    public static void encode(Sid sid, WireWriter out) {
        out.u8(REVISION); // Revision
        out.u8(sid.subAuthorities().size()); // SubAuthorityCount
        for (int shift = 40; shift >= 0; shift -= 8) {
            out.u8((int) (sid.authority() >>> shift) & 0xFF); // IdentifierAuthority, big-endian
        }
        for (int subAuthority : sid.subAuthorities()) {
            out.i32(subAuthority); // SubAuthority
        }
    }
}
