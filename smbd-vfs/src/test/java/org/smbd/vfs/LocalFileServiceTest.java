package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.Identities;
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

    @Test
    void maximumAllowedPromisesNoMoreThanTheKernelGrants() throws Exception {
        Assumptions.assumeTrue(Identities.daemon().uid() == 0 && Files.exists(Path.of("/usr/bin/setfacl")));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        make("f", "text");
        Path file = root.resolve("f");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Process acl = new ProcessBuilder("setfacl", "-m", "u:4711:r", file.toString()).start();
        Assumptions.assumeTrue(acl.waitFor() == 0);
        FileOpen open = open("f", AccessMask.MAXIMUM_ALLOWED)
                .as(new PosixIdentity(4711, 4711, new int[0]))
                .open();
        assertEquals("text", read(open));
        assertFalse(AccessMask.hasAny(
                open.grantedAccess(), AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA | AccessMask.DELETE));
        assertStatus(NtStatus.ACCESS_DENIED, () -> write(open, "no"));
        files.close(open);
    }
}
