package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.frame.DirectTcpHeader;
import org.smbd.protocol.smb1.OplockBreak;
import org.smbd.protocol.smb1.Smb1Capabilities;
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1Response;
import org.smbd.protocol.smb1.Smb1Text;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.config.ShareConfig;
import org.smbd.server.conn.Connection;
import org.smbd.vfs.oplock.BreakListener;
import org.smbd.vfs.oplock.BreakNotice;
import org.smbd.vfs.oplock.Caching;
import org.smbd.vfs.oplock.CachingRequest;

/**
 * The oplock of one open: asks for it, and tells the client of its end by a LOCKING_ANDX request of the server's.
 * MS-CIFS 3.3.4.2 Object Store Indicates an Oplock Break.
 */
final class Smb1Breaks implements BreakListener {
    private static final int UNASKED = 0xFFFF;
    private static final int FRAME_BYTES = 64;
    private static final int PREFIX_BYTES = DirectTcpHeader.SIZE_BYTES;

    private final Connection connection;
    private final Smb1Text text;
    private final ShareConfig.Oplocks oplocks;
    private final int tid;
    private final boolean levelTwo;
    private volatile Smb1Open open;

    Smb1Breaks(Smb1Call call) {
        this.connection = call.connection().connection();
        this.text = call.text();
        this.oplocks = call.share().share().oplocks();
        this.tid = call.tid();
        this.levelTwo =
                (call.connection().clientCapabilities() & Smb1Capabilities.LEVEL_II_OPLOCKS) != 0 && oplocks.levelTwo();
    }

    /** What an open asks for, as far as the share has oplocks. */
    CachingRequest request(Smb1Oplock wanted) {
        if (wanted == Smb1Oplock.UNTOUCHED) {
            return CachingRequest.Unnoticed.INSTANCE;
        }
        return wanted == Smb1Oplock.NONE || !oplocks.granted()
                ? CachingRequest.Nothing.INSTANCE
                : new CachingRequest.Oplock(wanted.state(), levelTwo && wanted.tellsLevelTwo(), this);
    }

    /** What the open is called from now on. */
    void registered(Smb1Open registered) {
        open = registered;
    }

    /** What the client keeps by its answer: of level II it must know. */
    int kept(int levelAnswered) {
        return levelTwo && levelAnswered == OplockBreak.LEVEL_TWO ? Caching.LEVEL_TWO : Caching.NONE;
    }

    @Override
    public boolean tell(BreakNotice notice) {
        Smb1Open registered = open;
        if (registered == null || !connection.isOpen()) {
            return false;
        }
        boolean keepsLevelTwo = levelTwo && notice.to() == Caching.LEVEL_TWO;
        if (!levelTwo && notice.from() == Caching.LEVEL_TWO) {
            return true; // it has given up all already
        }
        ByteBuf frame = connection.allocator().directBuffer(FRAME_BYTES);
        frame.writeZero(PREFIX_BYTES);
        WireWriter out = new WireWriter(frame);
        // Nobody signs it: it has no number.
        new Smb1Header(Smb1Command.LOCKING_ANDX.code(), 0, 0, 0, UNASKED, tid, 0, UNASKED).encode(out);
        Smb1Response.encode(
                new OplockBreak(registered.fid(), keepsLevelTwo ? OplockBreak.LEVEL_TWO : OplockBreak.NONE),
                true,
                out,
                text);
        DirectTcpHeader.encode(frame, 0, frame.writerIndex() - PREFIX_BYTES);
        connection.send(frame, () -> {});
        return true;
    }

    /** The connection is gone, and with it the open. */
    @Override
    public void unreachable(int to) {}
}
