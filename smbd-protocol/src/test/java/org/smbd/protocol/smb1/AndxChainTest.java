package org.smbd.protocol.smb1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireWriter;

class AndxChainTest {
    private static final int LOGOFF = Smb1Command.LOGOFF_ANDX.code();
    private static final int BLOCK_BYTES = 1 + 4 + 2;

    private static final Smb1Header HEADER = new Smb1Header(LOGOFF, 0, 0, 0, 0, 0, 0, 0);

    /** LOGOFF_ANDX blocks, each naming the next by its offset; 0 ends the chain. */
    private static ByteBuf chain(int... nextOffsets) {
        ByteBuf message = Unpooled.buffer();
        WireWriter out = new WireWriter(message);
        HEADER.encode(out);
        for (int next : nextOffsets) {
            out.u8(2);
            out.u8(next == 0 ? Smb1Command.NO_FURTHER_COMMANDS : LOGOFF);
            out.u8(0);
            out.u16(next);
            out.u16(0);
        }
        return message;
    }

    private static int walk(ByteBuf message) {
        AndxChain chain = new AndxChain(message);
        int count = 1;
        Smb1Block block = chain.first(HEADER);
        for (var next = chain.next(block); next.isPresent(); next = chain.next(next.get())) {
            count++;
        }
        return count;
    }

    @Test
    void aChainIsWalkedToItsEnd() {
        assertEquals(1, walk(chain(0)));
        assertEquals(3, walk(chain(32 + BLOCK_BYTES, 32 + 2 * BLOCK_BYTES, 0)));
    }

    @Test
    void anOffsetThatPointsBackwardIsRefused() {
        assertThrows(MalformedMessage.class, () -> walk(chain(32, 0)));
        assertThrows(MalformedMessage.class, () -> walk(chain(1, 0)));
    }

    @Test
    void blocksThatOverlapAreRefused() {
        assertThrows(MalformedMessage.class, () -> walk(chain(32 + BLOCK_BYTES - 1, 0)));
    }

    @Test
    void anOffsetBehindTheMessageIsRefused() {
        assertThrows(MalformedMessage.class, () -> walk(chain(32 + BLOCK_BYTES)));
        assertThrows(MalformedMessage.class, () -> walk(chain(0xFFFF)));
    }

    @Test
    void aChainIsBounded() {
        int[] offsets = new int[AndxChain.COMMANDS_MAX + 1];
        for (int i = 0; i < AndxChain.COMMANDS_MAX; i++) {
            offsets[i] = 32 + (i + 1) * BLOCK_BYTES;
        }
        assertThrows(MalformedMessage.class, () -> walk(chain(offsets)));
        offsets[AndxChain.COMMANDS_MAX - 1] = 0;
        assertEquals(AndxChain.COMMANDS_MAX, walk(chain(offsets)));
    }

    @Test
    void aCommandThatDoesNotChainEndsIt() {
        ByteBuf message = chain(32 + BLOCK_BYTES, 0);
        AndxChain chain = new AndxChain(message);
        Smb1Block echo = Smb1Block.at(message, Smb1Command.ECHO.code(), Smb1Header.SIZE_BYTES);
        assertTrue(chain.next(echo).isEmpty());
    }
}
