package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;

/** Requests that read, write and lock. Data is borrowed from the message. */
public sealed interface Smb1DataRequest {
    /** Length of data is not known from the words. */
    int BUFFER_FORMAT_DATA = 0x01;

    /**
     * MS-CIFS 2.2.4.42.1 SMB_COM_READ_ANDX, 2.2.4.11.1 SMB_COM_READ, 2.2.4.20.1 SMB_COM_LOCK_AND_READ Request.
     *
     * @param count in bytes
     */
    record Read(int fid, long offset, int count) implements Smb1DataRequest {
        /** Reads SMB_COM_READ_ANDX; MaxCountHigh is what MS-SMB 2.2.4.2.1 makes of Timeout. */
        public static Read decodeAndx(Smb1Block block, boolean largeCounts) {
            boolean wide = block.wordCount() == 12;
            WireReader words = block.andxWords(wide ? 12 : 10);
            int fid = words.u16();
            long low = words.u32();
            int count = words.u16();
            words.skip(2); // MinCountOfBytesToReturn
            int high = words.u16(); // MaxCountHigh
            boolean timeout = words.u16() != 0 || high == 0xFFFF;
            words.skip(2); // Remaining
            long offset = wide ? words.u32() << 32 | low : low;
            return new Read(fid, offset, largeCounts && !timeout ? high << 16 | count : count);
        }

        /** Reads the forms of the core protocol. */
        public static Read decodeCore(Smb1Block block) {
            WireReader words = block.words(5);
            int fid = words.u16();
            int count = words.u16();
            return new Read(fid, words.u32(), count);
        }
    }

    /**
     * MS-CIFS 2.2.4.43.1 SMB_COM_WRITE_ANDX, 2.2.4.12.1 SMB_COM_WRITE, 2.2.4.21.1 SMB_COM_WRITE_AND_UNLOCK Request.
     *
     * @param writeMode of the longer form
     */
    record Write(int fid, long offset, int writeMode, ByteBuf data) implements Smb1DataRequest {
        /** WriteMode: done when it is answered. */
        public static final int WRITE_THROUGH = 0x1;
        /** WriteMode: to a pipe as it is; at the beginning of a message, with its length in front. */
        public static final int RAW_MODE = 0x4;
        /** WriteMode: the beginning of a message to a pipe. */
        public static final int MESSAGE_START = 0x8;

        public static Write decodeAndx(Smb1Block block) {
            boolean wide = block.wordCount() == 14;
            WireReader words = block.andxWords(wide ? 14 : 12);
            int fid = words.u16();
            long low = words.u32();
            words.skip(4); // Timeout
            int writeMode = words.u16();
            words.skip(2); // Remaining
            int lengthHigh = words.u16();
            int length = words.u16() | lengthHigh << 16;
            int dataOffset = words.u16();
            long offset = wide ? words.u32() << 32 | low : low;
            return new Write(fid, offset, writeMode, block.region(dataOffset, Integer.toUnsignedLong(length)));
        }

        public static Write decodeCore(Smb1Block block) {
            WireReader words = block.words(5);
            int fid = words.u16();
            int count = words.u16();
            long offset = words.u32();
            WireReader bytes = block.bytes();
            if (bytes.u8() != BUFFER_FORMAT_DATA || bytes.u16() < count) {
                throw MalformedMessage.invalidParameter();
            }
            return new Write(fid, offset, 0, bytes.slice(count));
        }
    }

    /**
     * MS-CIFS 2.2.4.40.1 SMB_COM_WRITE_AND_CLOSE Request.
     *
     * @param lastWriteTime in seconds of the server's local time since 1970; 0 and -1 leave it
     */
    record WriteAndClose(int fid, long offset, int lastWriteTime, ByteBuf data) implements Smb1DataRequest {
        public static WriteAndClose decode(Smb1Block block) {
            WireReader words = block.words(block.wordCount() == 12 ? 12 : 6);
            int fid = words.u16();
            int count = words.u16();
            long offset = words.u32();
            int time = words.i32();
            WireReader bytes = block.bytes();
            bytes.skip(1); // Pad
            return new WriteAndClose(fid, offset, time, bytes.slice(count));
        }
    }

    /** MS-CIFS 2.2.4.19.1 SMB_COM_SEEK Request. */
    record Seek(int fid, int mode, int offset) implements Smb1DataRequest {
        public static final int FROM_START = 0;
        public static final int FROM_CURRENT = 1;
        public static final int FROM_END = 2;

        public static Seek decode(Smb1Block block) {
            WireReader words = block.words(4);
            int fid = words.u16();
            int mode = words.u16();
            return new Seek(fid, mode, words.i32());
        }
    }

    /** MS-CIFS 2.2.4.13.1 SMB_COM_LOCK_BYTE_RANGE, 2.2.4.14.1 SMB_COM_UNLOCK_BYTE_RANGE Request. */
    record LockByteRange(int fid, long length, long offset) implements Smb1DataRequest {
        public static LockByteRange decode(Smb1Block block) {
            WireReader words = block.words(5);
            int fid = words.u16();
            long length = words.u32();
            return new LockByteRange(fid, length, words.u32());
        }
    }

    /**
     * A range of LOCKING_ANDX.
     *
     * @param pid whose lock it is, the lower half
     */
    record Range(int pid, long offset, long length) {
        private static final int SMALL_BYTES = 10;
        private static final int LARGE_BYTES = 20;

        private static Range decode(WireReader in, boolean large) {
            int pid = in.u16();
            if (!large) {
                long offset = in.u32();
                return new Range(pid, offset, in.u32());
            }
            in.skip(2); // Pad
            long offsetHigh = in.u32();
            long offset = offsetHigh << 32 | in.u32();
            long lengthHigh = in.u32();
            return new Range(pid, offset, lengthHigh << 32 | in.u32());
        }
    }

    /**
     * MS-CIFS 2.2.4.32.1 SMB_COM_LOCKING_ANDX Request.
     *
     * @param oplockLevel that the client keeps, of an answer to a break
     * @param timeoutMillis how long to wait; -1 for as long as it takes
     */
    record Locking(int fid, int typeOfLock, int oplockLevel, int timeoutMillis, List<Range> unlocks, List<Range> locks)
            implements Smb1DataRequest {
        public static final int SHARED = 0x1;
        public static final int OPLOCK_RELEASE = 0x2;
        public static final int CHANGE_TYPE = 0x4;
        public static final int CANCEL = 0x8;
        public static final int LARGE_FILES = 0x10;

        public Locking {
            unlocks = List.copyOf(unlocks);
            locks = List.copyOf(locks);
        }

        public static Locking decode(Smb1Block block) {
            WireReader words = block.andxWords(8);
            int fid = words.u16();
            int type = words.u8();
            int oplockLevel = words.u8();
            int timeout = words.i32();
            int unlockCount = words.u16();
            int lockCount = words.u16();
            WireReader bytes = block.bytes();
            boolean large = (type & LARGE_FILES) != 0;
            List<Range> unlocks = ranges(bytes, unlockCount, large);
            return new Locking(fid, type, oplockLevel, timeout, unlocks, ranges(bytes, lockCount, large));
        }

        private static List<Range> ranges(WireReader bytes, int count, boolean large) {
            if (bytes.remaining() < count * (large ? Range.LARGE_BYTES : Range.SMALL_BYTES)) {
                throw MalformedMessage.invalidParameter();
            }
            List<Range> ranges = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                ranges.add(Range.decode(bytes, large));
            }
            return ranges;
        }
    }
}
