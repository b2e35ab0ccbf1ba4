package org.smbd.vfs.store;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One thread's native memory for the arguments and results of system calls. */
final class Scratch {
    /** PATH_MAX of Linux: longest path of one call in bytes, with its NUL. */
    static final int PATH_BYTES_MAX = 4096;

    private static final int RESULT_BYTES = 32 * 1024;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final ByteBuffer path = ByteBuffer.allocateDirect(PATH_BYTES_MAX);
    private final ByteBuffer otherPath = ByteBuffer.allocateDirect(PATH_BYTES_MAX);
    private final long pathAddress = address(path);
    private final long otherPathAddress = address(otherPath);

    /** Room for a structure or a result; overwritten by the next call. */
    final ByteBuffer result = ByteBuffer.allocateDirect(RESULT_BYTES).order(ByteOrder.nativeOrder());

    final long resultAddress = address(result);

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** The address of the first byte of a direct buffer, whatever its position. */
    static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    /** Puts a NUL-terminated string into memory; it has to be shorter than {@link #PATH_BYTES_MAX}. */
    long path(byte[] bytes) {
        path.put(0, bytes).put(bytes.length, (byte) 0);
        return pathAddress;
    }

    /** As {@link #path}, for a second one. */
    long otherPath(byte[] bytes) {
        otherPath.put(0, bytes).put(bytes.length, (byte) 0);
        return otherPathAddress;
    }
}
