package org.smbd.vfs.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;
import org.smbd.core.status.NtStatus;

/** The extended attributes of a {@link NioFile}: java.nio knows those of the namespace {@code user} only. */
final class NioAttributes implements ExtendedAttributes {
    private static final String PREFIX = "user.";

    private final NioFile file;
    /** Null where the file system has none, or the file no name to reach them by. */
    private final UserDefinedFileAttributeView view;

    NioAttributes(NioFile file, UserDefinedFileAttributeView view) {
        this.file = file;
        this.view = view;
    }

    @Override
    public List<String> names() {
        if (view == null) {
            return List.of();
        }
        try {
            return view.list().stream().map(name -> PREFIX + name).toList();
        } catch (IOException e) {
            int errno = IoErrors.errno(e);
            if (errno == Errno.EOPNOTSUPP) {
                return List.of();
            }
            throw IoErrors.failure("listxattr", file.path().toString(), errno);
        }
    }

    @Override
    public Optional<byte[]> get(String name) {
        return file.attribute(name);
    }

    @Override
    public boolean set(String name, byte[] value) {
        if (view == null || !name.startsWith(PREFIX)) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        try {
            view.write(name.substring(PREFIX.length()), ByteBuffer.wrap(value));
            return true;
        } catch (IOException e) {
            int errno = IoErrors.errno(e);
            if (errno == Errno.ENOSPC || errno == Errno.E2BIG || errno == Errno.ERANGE) {
                return false;
            }
            throw IoErrors.failure("setxattr", file.path().toString(), errno);
        }
    }

    @Override
    public void remove(String name) {
        file.removeAttribute(name);
    }
}
