package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreStat;

/** What DOS knew of a file, on a share that treats it otherwise than by default. */
class DosOptionsTest extends LocalShareFixture {
    private static final ModeMapping ALL_MAPPED = new ModeMapping(true, true, true, ModeMapping.Readonly.OWNER);
    private static final PosixIdentity OWNER = new PosixIdentity(1000, 1000, new int[0]);
    private static final PosixIdentity OTHER = new PosixIdentity(1001, 1001, new int[0]);
    private static final int MAPPED =
            FileAttributes.ARCHIVE | FileAttributes.SYSTEM | FileAttributes.HIDDEN | FileAttributes.READONLY;

    private void reopen(boolean storeDosAttributes, DosOptions dos) throws IOException {
        files.close();
        ShareOptions standard = ShareOptions.of(root, "test");
        files = share(new ShareOptions(
                root,
                standard.label(),
                0777,
                0,
                0777,
                0,
                false,
                true,
                storeDosAttributes,
                true,
                true,
                false,
                standard.recycle(),
                standard.names(),
                standard.versions(),
                standard.attributes(),
                standard.changeNotify(),
                standard.locking(),
                dos,
                standard.acls()));
    }

    private static StoreStat stat(int mode) {
        return new StoreStat(new FileKey(1, 2), StoreStat.Type.FILE, mode, 1000, 1000, 1, 0, 0, 1, 1, 1, 1);
    }

    private int attributes(String path) {
        FileOpen open = open(path, READ).open();
        try {
            return files.queryMetadata(open).attributes();
        } finally {
            files.close(open);
        }
    }

    private void setAttributes(String path, int attributes) {
        FileOpen open = open(path, ALL & ~WRITE & ~AccessMask.FILE_APPEND_DATA).open();
        try {
            files.setBasic(open, new BasicInformation(0, 0, 0, 0, attributes));
        } finally {
            files.close(open);
        }
    }

    @ParameterizedTest
    @CsvSource({"0644, 0", "0744, 0x20", "0654, 0x4", "0645, 0x2", "0444, 0x1", "0555, 0x27"})
    void theModeStandsForAttributesAndBack(String mode, String attributes) {
        int bits = Integer.parseInt(mode, 8);
        assertEquals(Integer.decode(attributes), ALL_MAPPED.attributes(stat(bits), OWNER));
        assertEquals(bits, ALL_MAPPED.mode(bits, Integer.decode(attributes)));
        int others = ALL_MAPPED.mode(bits, MAPPED & ~Integer.decode(attributes));
        assertEquals(MAPPED & ~Integer.decode(attributes), ALL_MAPPED.attributes(stat(others), OWNER));
    }

    @Test
    void whatIsNotMappedIsLeftAlone() {
        ModeMapping none = new ModeMapping(false, false, false, ModeMapping.Readonly.NO);
        for (int mode = 0; mode <= 0777; mode++) {
            assertEquals(0, none.attributes(stat(mode), OWNER));
            assertEquals(mode, none.mode(mode, MAPPED));
        }
    }

    @Test
    void readonlyCanBeWhatTheUserMayNotWrite() {
        ModeMapping byUser = new ModeMapping(false, false, false, ModeMapping.Readonly.USER);
        assertEquals(0, byUser.attributes(stat(0644), OWNER));
        assertEquals(FileAttributes.READONLY, byUser.attributes(stat(0644), OTHER));
        assertEquals(0, byUser.attributes(stat(0666), OTHER));
        assertEquals(0644, byUser.mode(0644, FileAttributes.READONLY));
    }

    @Test
    void withoutStoredAttributesThePermissionsHoldThem() throws IOException {
        reopen(false, new DosOptions(ALL_MAPPED, false, false));
        Files.writeString(root.resolve("f"), "");
        Files.setPosixFilePermissions(root.resolve("f"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(FileAttributes.NORMAL, attributes("f"));
        setAttributes("f", FileAttributes.HIDDEN | FileAttributes.ARCHIVE);
        assertEquals("rwxr--r-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("f"))));
        assertEquals(FileAttributes.HIDDEN | FileAttributes.ARCHIVE, attributes("f"));
        setAttributes("f", FileAttributes.NORMAL);
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("f"))));
    }

    @Test
    void aReadonlyFileIsDeletedWhereTheShareSaysSo() throws IOException {
        for (String name : List.of("a", "b")) {
            files.close(create(name).attributes(FileAttributes.READONLY).open());
        }
        open("a", DELETE).options(CreateOptions.DELETE_ON_CLOSE).refusedWith(NtStatus.CANNOT_DELETE);
        reopen(true, new DosOptions(ModeMapping.DEFAULT, true, false));
        files.close(open("a", DELETE).options(CreateOptions.DELETE_ON_CLOSE).open());
        FileOpen open = open("b", DELETE).open();
        files.setDisposition(open, true);
        files.close(open);
        assertEquals(List.of(), onDisk(""));
    }

    @Test
    void timesAreEvenSecondsWhereTheShareSaysSo() throws IOException {
        reopen(true, new DosOptions(ModeMapping.DEFAULT, false, true));
        make("f", "");
        FileOpen open = open("f", ALL).open();
        long even = 132_000_000_020_000_000L;
        files.setBasic(open, new BasicInformation(even + 15_000_000, 0, even + 19_999_999, 0, 0));
        assertEquals(even, files.queryMetadata(open).creationTime());
        assertEquals(even, files.queryMetadata(open).lastWriteTime());
        files.close(open);
    }
}
