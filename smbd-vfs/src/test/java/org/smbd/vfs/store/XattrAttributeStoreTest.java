package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.ModeMapping;

class XattrAttributeStoreTest {
    private static final long TIME = 131_000_000_000_000_000L;

    @TempDir
    Path directory;

    private interface Body {
        void with(Volume volume, XattrAttributeStore attributes, StoreFile file) throws IOException;
    }

    private void onHost(Body body) throws IOException {
        try (Volume volume = Volumes.open(directory, true);
                StoreFile file = volume.createFile(VolumeContract.WHO, "f", StoreAccess.READ_WRITE, 0644)) {
            Assumptions.assumeTrue(volume.capabilities().extendedAttributes());
            body.with(volume, new XattrAttributeStore(volume, true, ModeMapping.DEFAULT), file);
        }
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        onHost((volume, attributes, file) -> {
            assertEquals(DosAttributes.NONE, attributes.read(file, file.stat()));
            DosAttributes kept = new DosAttributes(FileAttributes.HIDDEN | FileAttributes.READONLY, TIME, TIME + 5);
            attributes.write(file, kept);
            assertEquals(kept, attributes.read(file, file.stat()));
            DosAttributes untimed = new DosAttributes(FileAttributes.ARCHIVE, TIME, 0);
            attributes.write(file, untimed);
            assertEquals(untimed, attributes.read(file, file.stat()));
        });
    }

    @Test
    void aKeptChangeTimeGoesWithTheNextWrite() throws IOException {
        onHost((volume, attributes, file) -> {
            attributes.write(file, new DosAttributes(0, TIME, TIME));
            assertEquals(TIME, attributes.read(file, file.stat()).changeTime());
            file.write(ByteBuffer.allocateDirect(1), 0);
            assertEquals(0, attributes.read(file, file.stat()).changeTime());
        });
    }

    @Test
    void aKeptChangeTimeGoesWithAnyLaterChange() throws IOException {
        onHost((volume, attributes, file) -> {
            attributes.write(file, new DosAttributes(0, TIME, TIME));
            StoreStat stat = file.stat();
            StoreStat later = new StoreStat(
                    stat.key(),
                    stat.type(),
                    stat.mode(),
                    stat.uid(),
                    stat.gid(),
                    stat.numberOfLinks(),
                    stat.size(),
                    stat.allocatedBytes(),
                    stat.lastAccessTime(),
                    stat.lastWriteTime(),
                    stat.changeTime() + 10_000_000,
                    stat.creationTime());
            assertEquals(0, attributes.read(file, later).changeTime());
        });
    }

    @Test
    void damagedValuesCountAsNone() throws IOException {
        onHost((volume, attributes, file) -> {
            file.setAttribute("user.DOSATTRIB", new byte[] {1, 2, 3});
            assertEquals(DosAttributes.NONE, attributes.read(file, file.stat()));
        });
    }

    @Test
    void aReadOnlyFileOfTheUserTakesAttributes() throws IOException {
        onHost((volume, attributes, file) -> {
            file.setMode(0444);
            try (StoreFile facts = volume.open(VolumeContract.WHO, "f", StoreAccess.METADATA)) {
                attributes.write(file, new DosAttributes(FileAttributes.SYSTEM, TIME, 0));
                assertEquals(
                        FileAttributes.SYSTEM,
                        attributes.read(facts, facts.stat()).attributes());
            } catch (SmbException e) {
                assertTrue(!volume.capabilities().identity(), "only without privilege Unix has the last word");
            }
        });
    }

    @Test
    void withoutExtendedAttributesReadOnlyIsTheMode() throws IOException {
        try (FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            Path root = Files.createDirectory(fileSystem.getPath("/share"));
            try (Volume volume = NioVolume.open(root, true);
                    StoreFile file = volume.createFile(VolumeContract.WHO, "f", StoreAccess.READ_WRITE, 0664)) {
                assertTrue(!volume.capabilities().extendedAttributes());
                XattrAttributeStore attributes = new XattrAttributeStore(volume, true, ModeMapping.DEFAULT);
                attributes.write(file, new DosAttributes(FileAttributes.READONLY | FileAttributes.HIDDEN, TIME, TIME));
                assertEquals(0444, file.stat().mode());
                assertEquals(new DosAttributes(FileAttributes.READONLY, 0, 0), attributes.read(file, file.stat()));
                attributes.write(file, DosAttributes.NONE);
                assertEquals(0644, file.stat().mode());
                assertEquals(DosAttributes.NONE, attributes.read(file, file.stat()));
            }
        }
    }
}
