package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** On the files of this host. */
class LocalStreamTest extends StreamContract {
    @TempDir
    Path scratch;

    @Override
    Path makeRoot() throws IOException {
        return scratch.toRealPath();
    }

    @Override
    Volume volume(Path directory) throws IOException {
        return Volumes.open(directory, true);
    }

    @Override
    @BeforeEach
    void requireAttributes() throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(root).supportsFileAttributeView(UserDefinedFileAttributeView.class));
    }

    @Test
    void aShareWithinAnotherFindsItsLongStreams() throws IOException {
        makeDirectory("inner");
        FileOpen open = create("inner\\f:s").open();
        files.write(open, 200_000, bytes("end"), false, LockOwner.OPEN);
        files.close(open);
        try (FileService inner = share(ShareOptions.of(root.resolve("inner"), "inner"))) {
            FileOpen same = open("f:s", ALL).on(inner).open();
            assertEquals(200_003, inner.queryMetadata(same).endOfFile());
            inner.close(same);
        }
    }
}
