package org.smbd.vfs.oplock;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.store.FileKey;

/** One file, and short ways to open and change it. */
final class CachedFile {
    static final int DATA = AccessMask.FILE_READ_DATA | AccessMask.FILE_WRITE_DATA;
    static final ClientName NAME = new ClientName("/srv/one", "share\\f");
    static final int STAT = AccessMask.FILE_READ_ATTRIBUTES;

    final ManualClock clock = new ManualClock();
    final OplockTable table = new OplockTable();
    final FileCaching caching;

    CachedFile() {
        this(new FileKey(1, 1));
    }

    CachedFile(FileKey key) {
        table.attach(clock, Duration.ofSeconds(35));
        caching = new FileCaching(key, table);
    }

    /** The bits that letters stand for, as {@link Caching#describe} writes them. */
    static int state(String letters) {
        return (letters.contains("R") ? Caching.READ : 0)
                | (letters.contains("W") ? Caching.WRITE : 0)
                | (letters.contains("H") ? Caching.HANDLE : 0);
    }

    /** An open that has its answer. */
    OpenCaching open(CachingRequest request) {
        return open(request, DATA, false);
    }

    OpenCaching open(CachingRequest request, int access, boolean directory) {
        OpenCaching open = new OpenCaching(request, NAME, access, directory, false);
        assertInstanceOf(Outcome.Done.class, caching.enter(open, true));
        caching.grant(open, false, false);
        open.answered();
        return open;
    }

    /** An open that has entered and asks for nothing. */
    OpenCaching stranger() {
        return open(CachingRequest.Nothing.INSTANCE, STAT, false);
    }

    void write(OpenCaching by) {
        caching.beginChange(by);
        caching.endChange();
    }

    void changeContents(Optional<LeaseKey> parentKey) {
        caching.beginContentsChange(parentKey);
        caching.endChange();
    }

    void close(OpenCaching open) {
        caching.leave(open).run();
    }
}
