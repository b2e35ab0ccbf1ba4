package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireWriter;

/** What the contexts of a CREATE have in common, in requests and responses. MS-SMB2 2.2.13.2. */
sealed interface CreateContextData permits CreateContext, CreateContextResponse {
    /** The name, a character for each octet: four letters, or 16 octets of a GUID. */
    String name();

    /** Appends the bytes of Data. */
    void encodeData(WireWriter out);
}
