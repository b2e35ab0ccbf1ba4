package org.smbd.protocol.smb2;

import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * MS-SMB2 2.2.9 SMB2 TREE_CONNECT Request. The contexts of the extension (2.2.9.1) ask for remoted identity, which a
 * server that does not announce it ignores; its path is found as without it, since PathOffset counts from the header.
 *
 * @param flags of 3.1.1, else reserved
 * @param path {@code \\server\share}
 */
public record TreeConnectRequest(int flags, String path) implements Smb2Request {
    static final int STRUCTURE_SIZE = 9;
    private static final int BUFFER_OFFSET = Smb2Header.SIZE_BYTES + 8;

    public static final int FLAG_CLUSTER_RECONNECT = 0x0001;
    public static final int FLAG_REDIRECT_TO_OWNER = 0x0002;
    public static final int FLAG_EXTENSION_PRESENT = 0x0004;

    public static TreeConnectRequest decode(WireReader in) {
        in.structureSize(STRUCTURE_SIZE);
        int flags = in.u16();
        int pathOffset = in.u16();
        int pathLength = in.u16();
        return new TreeConnectRequest(flags, in.region(pathOffset, pathLength).utf16(pathLength));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16(STRUCTURE_SIZE);
        out.u16(flags);
        out.u16(BUFFER_OFFSET);
        out.u16(2 * path.length());
        out.utf16(path);
    }
}
