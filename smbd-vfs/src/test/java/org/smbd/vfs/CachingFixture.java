package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.ShareAccess;
import org.smbd.vfs.oplock.CachingRequest;

/** A share whose clients ask for oplocks and leases. */
abstract class CachingFixture extends LocalShareFixture {
    Outcome<OpenResult> attempt(
            String path, int access, CreateDisposition disposition, int options, CachingRequest caching) {
        return files.open(new OpenRequest(
                context(owner()),
                path,
                access,
                0,
                ShareAccess.ALL,
                disposition,
                options,
                0,
                ALL,
                Optional.empty(),
                List.of(),
                caching,
                Optional.empty()));
    }

    /** An open whose client has its answer. */
    FileOpen cached(String path, int access, CreateDisposition disposition, int options, CachingRequest caching) {
        Outcome<OpenResult> outcome = attempt(path, access, disposition, options, caching);
        assertInstanceOf(Outcome.Done.class, outcome, () -> path + ": " + outcome);
        FileOpen open = ((Outcome.Done<OpenResult>) outcome).value().open();
        open.caching().answered();
        return open;
    }

    FileOpen cached(String path, CachingRequest caching) {
        return cached(path, ALL, CreateDisposition.OPEN_IF, 0, caching);
    }
}
