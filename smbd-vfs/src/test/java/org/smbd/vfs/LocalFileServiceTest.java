package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.store.Volume;
import org.smbd.vfs.store.Volumes;

/** On the files of this host. */
class LocalFileServiceTest extends FileServiceContract {
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

    @Test
    void overlappingSharesAgreeOnWhatIsOpen() throws IOException {
        makeDirectory("outer");
        makeDirectory("outer\\inner");
        make("outer\\inner\\f", "text");
        try (FileService inner = share(ShareOptions.of(root.resolve("outer"), "inner"))) {
            FileOpen below = open("inner\\f", ALL).on(inner).open();
            FileOpen directory = open("outer\\inner", ALL).open();
            assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(directory, "elsewhere", false));
            files.close(directory);
            FileOpen same = open("outer\\inner\\f", ALL).open();
            files.rename(same, "outer\\inner\\g", false);
            assertEquals("inner\\g", below.path());
            inner.setDisposition(below, true);
            files.close(same);
            inner.close(below);
        }
        assertFalse(Files.exists(root.resolve("outer/inner/g")));
    }
}
