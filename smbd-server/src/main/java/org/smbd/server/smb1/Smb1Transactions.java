package org.smbd.server.smb1;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.Map;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1TransactionRequest;
import org.smbd.protocol.smb1.TransactionAssembly;

/** The transactions of one connection whose messages have not all come. */
final class Smb1Transactions {
    /** Which messages belong together: MS-CIFS 3.3.5.2.5. */
    private record Key(int pid, int mid, int tid, int uid) {
        static Key of(Smb1Header header) {
            return new Key(header.pid(), header.mid(), header.tid(), header.uid());
        }
    }

    /** What came of one. */
    record Begun(int command, Smb1TransactionRequest.Start start, byte[] setup, TransactionAssembly assembly) {}

    @GuardedBy("this")
    private final Map<Key, Begun> begun = new HashMap<>();

    @GuardedBy("this")
    private boolean closed;

    /** The first message; may be the only one. */
    static Begun begin(int command, Smb1TransactionRequest.Start start, ByteBufAllocator allocator) {
        byte[] setup = new byte[start.setup().readableBytes()];
        start.setup().getBytes(start.setup().readerIndex(), setup);
        return new Begun(
                command, start, setup, new TransactionAssembly(start, Smb1Limits.TRANSACTION_BYTES, allocator));
    }

    /** Keeps one until its further messages come; one of the same ids is forgotten. */
    synchronized void keep(Smb1Header header, Begun transaction) {
        Begun older = begun.remove(Key.of(header));
        if (older != null) {
            older.assembly().release();
        }
        if (closed || begun.size() >= Smb1Limits.TRANSACTIONS_MAX) {
            transaction.assembly().release();
            throw NtStatus.INSUFFICIENT_RESOURCES.exception();
        }
        begun.put(Key.of(header), transaction);
    }

    /** Takes out the one that a further message belongs to; null where there is none. */
    synchronized Begun take(Smb1Header header) {
        return begun.remove(Key.of(header));
    }

    synchronized void close() {
        closed = true;
        begun.values().forEach(transaction -> transaction.assembly().release());
        begun.clear();
    }
}
