package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;

/** MS-FSA 2.1.5.5 Server Requests Closing an Open, 2.1.5.15.3 and .4: how names go. */
class DeletionTest extends LocalShareFixture {
    private static final Disposition POSIX = new Disposition(true, true, false, false);
    private static final int DELETE_ON_CLOSE = CreateOptions.DELETE_ON_CLOSE;

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "OPEN_IF", "OVERWRITE_IF", "SUPERSEDE"})
    void whatIsCreatedWithDeleteOnCloseGoesWithItsOpen(CreateDisposition disposition) throws IOException {
        files.close(with("f", ALL, disposition).options(DELETE_ON_CLOSE).open());
        files.close(with("d", ALL, CreateDisposition.CREATE)
                .options(DELETE_ON_CLOSE | CreateOptions.DIRECTORY_FILE)
                .open());
        assertEquals(List.of(), onDisk(""));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "OPEN_IF", "OVERWRITE", "OVERWRITE_IF", "SUPERSEDE"})
    void whatExistsGoesWithAnOpenThatDeletesOnClose(CreateDisposition disposition) throws IOException {
        make("f", "text");
        files.close(with("f", ALL, disposition).options(DELETE_ON_CLOSE).open());
        assertEquals(List.of(), onDisk(""));
    }

    @Test
    void aDirectoryThatHasFilledStaysAndOpensAgain() throws IOException {
        FileOpen directory = create("d")
                .options(DELETE_ON_CLOSE | CreateOptions.DIRECTORY_FILE)
                .open();
        FileOpen other = open("d", READ).open();
        make("d\\f", "");
        files.close(directory);
        assertFalse(files.queryMetadata(other).deletePending());
        files.close(open("d", READ).open());
        files.close(other);
        assertEquals(List.of("f"), onDisk("d"));
    }

    @Test
    void aDirectoryIsOnlyMarkedWhileItIsEmpty() {
        makeDirectory("d");
        make("d\\f", "");
        FileOpen directory = open("d", DELETE).open();
        assertStatus(NtStatus.DIRECTORY_NOT_EMPTY, () -> files.setDisposition(directory, true));
        assertStatus(NtStatus.DIRECTORY_NOT_EMPTY, () -> files.setDisposition(directory, POSIX));
        files.close(directory);
    }

    @Test
    void nothingIsMadeInADirectoryThatIsToGo() {
        makeDirectory("d");
        FileOpen directory = open("d", DELETE).open();
        files.setDisposition(directory, true);
        create("d\\f").refusedWith(NtStatus.DELETE_PENDING);
        create("d\\e").options(CreateOptions.DIRECTORY_FILE).refusedWith(NtStatus.DELETE_PENDING);
        make("g", "");
        FileOpen file = open("g", DELETE).open();
        assertStatus(NtStatus.DELETE_PENDING, () -> files.rename(file, "d\\g", false));
        files.close(file);
        files.close(directory);
    }

    @Test
    void anyOpenWithTheRightTakesTheMarkBack() throws IOException {
        make("f", "");
        FileOpen first = open("f", DELETE).open();
        FileOpen second = open("f", DELETE).open();
        files.setDisposition(first, true);
        files.close(first);
        open("f", READ).refusedWith(NtStatus.DELETE_PENDING);
        files.setDisposition(second, false);
        files.close(open("f", READ).open());
        files.close(second);
        assertEquals(List.of("f"), onDisk(""));
    }

    @Test
    void whatIsToGoHasOneLinkLessAndIsNeitherRenamedNorLinked() {
        make("f", "");
        FileOpen open = open("f", ALL).open();
        assertEquals(1, files.queryMetadata(open).numberOfLinks());
        files.setDisposition(open, true);
        assertEquals(0, files.queryMetadata(open).numberOfLinks());
        assertTrue(files.queryMetadata(open).deletePending());
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(open, "g", false));
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.link(open, "g", false));
        files.close(open);
    }

    @Test
    void oneNameOfTwoGoesAlone() throws IOException {
        make("f", "text");
        FileOpen file = open("f", ALL).open();
        files.link(file, "g", false);
        files.setDisposition(file, true);
        FileOpen other = open("g", READ).open();
        assertFalse(files.queryMetadata(other).deletePending());
        files.close(file);
        assertEquals(List.of("g"), onDisk(""));
        assertEquals("text", read(other));
        files.close(other);
    }

    @Test
    void aPosixDeleteGoesWithItsOwnOpen() throws IOException {
        make("f", "text");
        FileOpen other = open("f", ALL).open();
        FileOpen deleter = open("f", DELETE).open();
        files.setDisposition(deleter, POSIX);
        open("f", READ).refusedWith(NtStatus.DELETE_PENDING);
        files.close(deleter);
        assertEquals(List.of(), onDisk(""));
        assertEquals("text", read(other));
        assertTrue(files.queryMetadata(other).deletePending());
        assertEquals(0, files.queryMetadata(other).numberOfLinks());
        make("f", "new");
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(other, "g", false));
        files.setDisposition(other, true);
        files.close(other);
        assertEquals(List.of("f"), onDisk(""));
        assertEquals("new", Files.readString(root.resolve("f")));
    }

    @Test
    void aDirectoryInWhichDeletedFilesAreOpenCanGo() throws IOException {
        makeDirectory("d");
        make("d\\f", "text");
        FileOpen file = open("d\\f", ALL).open();
        FileOpen deleter = open("d\\f", DELETE).open();
        files.setDisposition(deleter, POSIX);
        files.close(deleter);
        files.close(open("d", DELETE).options(DELETE_ON_CLOSE).open());
        assertEquals(List.of(), onDisk(""));
        assertEquals("text", read(file));
        files.close(file);
    }

    @Test
    void onCloseChangesOnlyWhatAnOpenWithDeleteOnCloseDoes() throws IOException {
        make("f", "");
        FileOpen plain = open("f", DELETE).open();
        assertStatus(
                NtStatus.NOT_SUPPORTED, () -> files.setDisposition(plain, new Disposition(true, true, true, false)));
        FileOpen onClose = open("f", DELETE).options(DELETE_ON_CLOSE).open();
        files.setDisposition(onClose, new Disposition(true, true, true, false));
        files.close(onClose);
        assertEquals(List.of(), onDisk(""));
        files.close(plain);
        make("g", "");
        FileOpen spared = open("g", DELETE).options(DELETE_ON_CLOSE).open();
        files.setDisposition(spared, new Disposition(false, false, true, false));
        files.close(spared);
        assertEquals(List.of("g"), onDisk(""));
    }

    @Test
    void aReadonlyFileGoesOnlyIfTheFlagAndTheRightSaySo() throws IOException {
        files.close(create("f").attributes(FileAttributes.READONLY).open());
        Disposition ignoring = new Disposition(true, false, false, true);
        FileOpen bare = open("f", DELETE).open();
        assertStatus(NtStatus.CANNOT_DELETE, () -> files.setDisposition(bare, ignoring));
        files.close(bare);
        FileOpen entitled = open("f", DELETE | AccessMask.FILE_WRITE_ATTRIBUTES).open();
        assertStatus(NtStatus.CANNOT_DELETE, () -> files.setDisposition(entitled, true));
        files.setDisposition(entitled, ignoring);
        files.close(entitled);
        assertEquals(List.of(), onDisk(""));
        create("g").attributes(FileAttributes.READONLY).options(DELETE_ON_CLOSE).refusedWith(NtStatus.CANNOT_DELETE);
    }

    @Test
    void whatWasReplacedBehindOurBackIsNotDeleted() throws IOException {
        make("f", "old");
        FileOpen open = open("f", DELETE).options(DELETE_ON_CLOSE).open();
        Files.move(root.resolve("f"), root.resolve("elsewhere"));
        Files.writeString(root.resolve("f"), "other");
        files.close(open);
        assertEquals(List.of("elsewhere", "f"), onDisk(""));
    }

    @Test
    void theRootIsNotDeleted() {
        FileOpen open = open("", ALL).open();
        assertStatus(NtStatus.CANNOT_DELETE, () -> files.setDisposition(open, true));
        files.close(open);
    }

    @Test
    void aNameByALinkOfDirectoriesIsTheSameName() throws IOException {
        makeDirectory("real");
        make("real\\f", "text");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("real").getFileName());
        FileOpen byLink = open("link\\f", READ).open();
        FileOpen direct = open("real\\f", DELETE).options(DELETE_ON_CLOSE).open();
        files.close(direct);
        assertTrue(files.queryMetadata(byLink).deletePending());
        assertEquals(List.of("f"), onDisk("real"));
        files.close(byLink);
        assertEquals(List.of(), onDisk("real"));
    }
}
