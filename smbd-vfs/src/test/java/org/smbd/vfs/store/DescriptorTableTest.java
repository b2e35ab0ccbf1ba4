package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;

/** Opens of one file share a descriptor, and nobody notices. */
class DescriptorTableTest {
    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void makeFile() throws IOException {
        assumeTrue(PosixVolume.isSupported());
        root = directory.toRealPath();
        Files.writeString(root.resolve("f"), "text");
    }

    private StoreFile open(PosixVolume volume, StoreAccess access) {
        StoreFile file = volume.open(Identities.daemon(), "f", access);
        volume.shareDescriptor(file, file.stat().key());
        return file;
    }

    private long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(this::isOfFile).count();
        }
    }

    private boolean isOfFile(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(root.resolve("f"));
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static String read(StoreFile file) {
        ByteBuffer target = ByteBuffer.allocateDirect(16);
        file.read(target, 0);
        target.flip();
        return StandardCharsets.UTF_8.decode(target).toString();
    }

    @Test
    void whoMayDoNoMoreThanAnotherUsesItsDescriptor() throws IOException {
        try (PosixVolume volume = PosixVolume.open(root, true)) {
            List<StoreFile> files = new ArrayList<>();
            files.add(open(volume, StoreAccess.READ_WRITE));
            for (int i = 0; i < 100; i++) {
                files.add(open(volume, StoreAccess.values()[i % StoreAccess.values().length]));
            }
            assertEquals(1, descriptors());
            files.remove(0).close();
            assertEquals(1, descriptors());
            for (StoreFile file : files) {
                assertEquals(4, file.stat().size());
            }
            files.forEach(StoreFile::close);
            assertEquals(0, descriptors());
        }
    }

    @Test
    void whoMayDoMoreHasItsOwn() throws IOException {
        try (PosixVolume volume = PosixVolume.open(root, true)) {
            StoreFile facts = open(volume, StoreAccess.METADATA);
            StoreFile reader = open(volume, StoreAccess.READ);
            StoreFile writer = open(volume, StoreAccess.WRITE);
            assertEquals(3, descriptors());
            writer.write(ByteBuffer.wrap("TEXT".getBytes(StandardCharsets.UTF_8)), 0);
            assertEquals("TEXT", read(reader));
            facts.close();
            writer.close();
            assertEquals("TEXT", read(reader));
            reader.close();
            assertEquals(0, descriptors());
        }
    }

    @Test
    void whatIsClosedIsClosedThoughOthersUseItsDescriptor() throws IOException {
        try (PosixVolume volume = PosixVolume.open(root, true)) {
            StoreFile one = open(volume, StoreAccess.READ);
            StoreFile other = open(volume, StoreAccess.READ);
            one.close();
            one.close();
            assertEquals(
                    NtStatus.FILE_CLOSED,
                    assertThrows(SmbException.class, () -> read(one)).status());
            assertEquals("text", read(other));
            other.close();
            assertEquals(0, descriptors());
        }
    }

    @Test
    void aNewFileOfTheSameNameIsAnother() throws IOException {
        try (PosixVolume volume = PosixVolume.open(root, true)) {
            StoreFile old = open(volume, StoreAccess.READ);
            Files.delete(root.resolve("f"));
            Files.writeString(root.resolve("f"), "new");
            StoreFile young = open(volume, StoreAccess.READ);
            assertEquals("text", read(old));
            assertEquals("new", read(young));
            old.close();
            young.close();
        }
    }
}
