package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The extended attributes of a {@link PosixFile}, by the path of its descriptor, which can be one of O_PATH. */
final class PosixAttributes implements ExtendedAttributes {
    /** Makes a call on the descriptor as the daemon. */
    interface AsDaemon {
        int call(PosixFile.Call call);
    }

    /** Reads into memory; returns the length or the negated error. */
    private interface Reading {
        int into(byte[] self, long address, int size);
    }

    private final Posix posix;
    private final AsDaemon daemon;
    private final String path;

    /**
     * Of a file.
     *
     * @param path for messages
     */
    PosixAttributes(Posix posix, AsDaemon daemon, String path) {
        this.posix = posix;
        this.daemon = daemon;
        this.path = path;
    }

    @Override
    public List<String> names() {
        byte[] list = read("listxattr", posix::listxattr).orElse(new byte[0]);
        List<String> names = new ArrayList<>();
        int begin = 0;
        for (int end = 0; end < list.length; end++) {
            if (list[end] == 0) {
                byte[] name = new byte[end - begin];
                System.arraycopy(list, begin, name, 0, name.length);
                HostText.decode(name).ifPresent(names::add);
                begin = end + 1;
            }
        }
        return names;
    }

    @Override
    public Optional<byte[]> get(String name) {
        byte[] key = HostText.encode(name);
        return read("getxattr", (self, address, size) -> posix.getxattr(self, key, address, size));
    }

    /** Most values fit into the thread's memory; for others there is a second try. */
    private Optional<byte[]> read(String operation, Reading reading) {
        ByteBuffer memory = Scratch.ofThread().result;
        int length = length(reading, memory);
        if (length == -Errno.ERANGE) {
            memory = ByteBuffer.allocateDirect(VALUE_LENGTH_MAX).order(ByteOrder.nativeOrder());
            length = length(reading, memory);
        }
        if (length == -Errno.ENODATA || length == -Errno.EOPNOTSUPP) {
            return Optional.empty();
        }
        if (length < 0) {
            throw IoErrors.failure(operation, path, -length);
        }
        byte[] value = new byte[length];
        memory.get(0, value);
        return Optional.of(value);
    }

    private int length(Reading reading, ByteBuffer memory) {
        long address = Scratch.address(memory);
        return daemon.call(fd -> reading.into(PosixFile.self(fd), address, memory.capacity()));
    }

    @Override
    public boolean set(String name, byte[] value) {
        if (value.length > VALUE_LENGTH_MAX) {
            return false;
        }
        byte[] key = HostText.encode(name);
        ByteBuffer bytes = ByteBuffer.allocateDirect(value.length).put(value);
        int result = daemon.call(fd -> posix.setxattr(PosixFile.self(fd), key, bytes));
        if (result == -Errno.ENOSPC || result == -Errno.E2BIG || result == -Errno.ERANGE) {
            return false; // ENOSPC is ext4's way to say so, and a full disk is found out by who writes elsewhere then
        }
        if (result < 0) {
            throw IoErrors.failure("setxattr", path, -result);
        }
        return true;
    }

    @Override
    public void remove(String name) {
        byte[] key = HostText.encode(name);
        int result = daemon.call(fd -> posix.removexattr(PosixFile.self(fd), key));
        if (result < 0 && result != -Errno.ENODATA && result != -Errno.EOPNOTSUPP) {
            throw IoErrors.failure("removexattr", path, -result);
        }
    }
}
