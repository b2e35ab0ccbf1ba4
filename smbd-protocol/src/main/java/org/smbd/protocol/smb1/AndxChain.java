package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/**
 * Walks the commands of a message. MS-CIFS 2.2.3.4 Batched Messages ("AndX" Messages). Each begins behind the end of
 * the one before it, so that a chain has neither loops nor overlaps; and it is bounded.
 */
public final class AndxChain {
    /** No client chains more than four. */
    public static final int COMMANDS_MAX = 16;

    private final ByteBuf message;
    private int count;

    /** @param message readable bytes are the message, header first; borrowed */
    public AndxChain(ByteBuf message) {
        this.message = message;
    }

    /** The first block. */
    public Smb1Block first(Smb1Header header) {
        count = 1;
        return Smb1Block.at(message, header.command(), Smb1Header.SIZE_BYTES);
    }

    /** The block behind one; empty where the chain ends. */
    public Optional<Smb1Block> next(Smb1Block block) {
        boolean chains =
                Smb1Command.of(block.command()).filter(Smb1Command::isAndx).isPresent();
        if (!chains || block.wordCount() < 2) {
            return Optional.empty();
        }
        WireReader words = block.words();
        int command = words.u8();
        words.skip(1); // AndXReserved
        int offset = words.u16();
        if (command == Smb1Command.NO_FURTHER_COMMANDS) {
            return Optional.empty();
        }
        if (offset < block.end() || ++count > COMMANDS_MAX) {
            throw MalformedMessage.invalidParameter();
        }
        return Optional.of(Smb1Block.at(message, command, offset));
    }
}
