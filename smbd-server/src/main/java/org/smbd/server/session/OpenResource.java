package org.smbd.server.session;

import org.smbd.server.pipe.PipeOpen;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.FileService;

/** What is open: a file of a share, or a named pipe of IPC$. */
public sealed interface OpenResource {
    /** Closes it; may block on the disk. */
    void close();

    /** A file or directory. */
    record File(FileService files, FileOpen open) implements OpenResource {
        @Override
        public void close() {
            files.close(open);
        }
    }

    /** A named pipe. */
    record Pipe(PipeOpen pipe) implements OpenResource {
        @Override
        public void close() {
            pipe.close();
        }
    }
}
