package org.smbd.protocol.rpc.srvsvc;

import java.util.Optional;
import org.smbd.protocol.rpc.NdrWriter;

/**
 * The levels of share information. MS-SRVS 2.2.4.22 SHARE_INFO_0 to 2.2.4.30 SHARE_INFO_1005; each extends the one
 * before it, up to 503.
 */
enum ShareInfoMarshaller {
    LEVEL_0(0),
    LEVEL_1(1),
    LEVEL_2(2),
    LEVEL_501(501),
    LEVEL_502(502),
    LEVEL_503(503),
    LEVEL_1004(1004),
    LEVEL_1005(1005),
    LEVEL_1006(1006),
    LEVEL_1007(1007),
    /** NetrShareGetInfo only. */
    LEVEL_1501(1501);

    private final int level;

    ShareInfoMarshaller(int level) {
        this.level = level;
    }

    /** The level with this number. */
    static Optional<ShareInfoMarshaller> of(int level) {
        for (ShareInfoMarshaller marshaller : values()) {
            if (marshaller.level == level) {
                return Optional.of(marshaller);
            }
        }
        return Optional.empty();
    }

    boolean isEnumerable() {
        return this != LEVEL_1501;
    }

    /** Writes the structure; the strings follow when the caller says so, with {@link NdrWriter#deferred}. */
    void write(ShareEntry share, NdrWriter out) {
        switch (this) {
            case LEVEL_0 -> out.stringPointer(share.name()); // shi0_netname
            case LEVEL_1 -> nameTypeRemark(share, out);
            case LEVEL_2 -> {
                nameTypeRemark(share, out);
                usesAndPath(share, out);
            }
            case LEVEL_501 -> {
                nameTypeRemark(share, out);
                out.i32(share.flags()); // shi501_flags
            }
            case LEVEL_502 -> {
                nameTypeRemark(share, out);
                usesAndPath(share, out);
                noSecurityDescriptor(out);
            }
            case LEVEL_503 -> {
                nameTypeRemark(share, out);
                usesAndPath(share, out);
                out.stringPointer("*"); // shi503_servername: not bound to one of several names
                noSecurityDescriptor(out);
            }
            case LEVEL_1004 -> out.stringPointer(share.comment()); // shi1004_remark
            case LEVEL_1006 -> out.i32(share.usesMax()); // shi1006_max_uses
            case LEVEL_1007 -> { // of no document, but clients ask for it
                out.i32(share.flags());
                out.stringPointer(""); // the directory where printers are published
            }
            case LEVEL_1501 -> noSecurityDescriptor(out);
            case LEVEL_1005 -> out.i32(share.flags()); // shi1005_flags
        }
    }

    private static void nameTypeRemark(ShareEntry share, NdrWriter out) {
        out.stringPointer(share.name()); // netname
        out.i32(share.type()); // type
        out.stringPointer(share.comment()); // remark
    }

    private static void usesAndPath(ShareEntry share, NdrWriter out) {
        out.i32(0); // permissions: meaningless without share-level security
        out.i32(share.usesMax()); // max_uses
        out.i32(share.currentUses()); // current_uses
        out.stringPointer(share.path()); // path
        out.nullPointer(); // passwd
    }

    /** Access to a share is configured by lists of names, for which there is no descriptor. */
    private static void noSecurityDescriptor(NdrWriter out) {
        out.i32(0); // reserved: its length
        out.nullPointer(); // security_descriptor
    }

    /** An upper bound of the bytes that one entry takes, its strings included. */
    int sizeMax(ShareEntry share) {
        int stringOverhead = 4 + 12 + 2 + 3; // referent, counts, terminator, alignment
        return 48
                + 4 * stringOverhead
                + 2
                        * (share.name().length()
                                + share.comment().length()
                                + share.path().length());
    }
}
