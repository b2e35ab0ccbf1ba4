package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;

/** MS-FSA 2.1.5.15.12 FileRenameInformation and 2.1.5.15.7 FileLinkInformation. */
class RenameTest extends LocalShareFixture {
    private static final RenameOptions POSIX = new RenameOptions(true, true, false);

    private void renamed(String from, String to, boolean replace) {
        FileOpen open = open(from, DELETE).open();
        try {
            files.rename(open, to, replace);
        } finally {
            files.close(open);
        }
    }

    @Test
    void aRenameNeedsTheRightToDelete() {
        make("f", "");
        FileOpen open = open("f", ALL & ~DELETE).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(open, "g", false));
        files.close(open);
    }

    @Test
    void allOpensOfTheFileLearnItsNewName() {
        make("f", "text");
        makeDirectory("d");
        FileOpen first = open("f", ALL).open();
        FileOpen second = open("f", READ).open();
        files.rename(first, "d\\G", false);
        assertEquals("d\\G", first.path());
        assertEquals("d\\G", second.path());
        assertEquals("text", read(second));
        open("f", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        files.rename(first, "d\\g", false);
        assertEquals("d\\g", second.path());
        files.close(first);
        files.close(second);
    }

    @Test
    void aReadonlyFileIsRenamedButNotReplaced() throws IOException {
        files.close(create("f").attributes(FileAttributes.READONLY).open());
        renamed("f", "g", false);
        make("h", "");
        assertStatus(NtStatus.ACCESS_DENIED, () -> renamed("h", "g", true));
        FileOpen open = open("h", DELETE).open();
        files.rename(open, "g", new RenameOptions(true, false, true));
        files.close(open);
        assertEquals(List.of("g"), onDisk(""));
    }

    @Test
    void whatExistsIsReplacedOnlyIfToldSo() throws IOException {
        make("f", "new");
        make("G", "old");
        assertStatus(NtStatus.OBJECT_NAME_COLLISION, () -> renamed("f", "g", false));
        renamed("f", "g", true);
        assertEquals(List.of("g"), onDisk(""));
        assertEquals("new", Files.readString(root.resolve("g")));
    }

    @Test
    void whatIsOpenIsReplacedOnlyWithPosixSemantics() throws IOException {
        make("f", "new");
        make("g", "old");
        FileOpen target = open("g", ALL).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> renamed("f", "g", true));
        FileOpen source = open("f", DELETE).open();
        files.rename(source, "g", POSIX);
        files.close(source);
        assertEquals("old", read(target));
        assertTrue(files.queryMetadata(target).deletePending());
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.rename(target, "h", false));
        files.setDisposition(target, true);
        files.close(target);
        assertEquals("new", Files.readString(root.resolve("g")));
    }

    @Test
    void posixSemanticsDoNotOverrideTheShareMode() {
        make("f", "new");
        make("g", "old");
        FileOpen target = open("g", READ).sharing(ShareAccess.READ).open();
        FileOpen source = open("f", DELETE).open();
        assertStatus(NtStatus.SHARING_VIOLATION, () -> files.rename(source, "g", POSIX));
        files.close(source);
        files.close(target);
    }

    @Test
    void directoriesAreNotReplaced() {
        makeDirectory("d");
        makeDirectory("e");
        make("f", "");
        assertStatus(NtStatus.ACCESS_DENIED, () -> renamed("f", "d", true));
        assertStatus(NtStatus.ACCESS_DENIED, () -> renamed("e", "d", true));
        assertStatus(NtStatus.ACCESS_DENIED, () -> renamed("d", "f", true));
        assertStatus(NtStatus.INVALID_PARAMETER, () -> renamed("d", "d\\e", false));
    }

    @Test
    void aDirectoryMovesOnlyIfNothingInItIsOpen() throws IOException {
        makeDirectory("d");
        makeDirectory("d\\e");
        make("d\\e\\f", "");
        FileOpen below = open("d\\e\\f", READ).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> renamed("d", "g", false));
        renamed("d\\e\\f", "d\\e\\g", false);
        files.close(below);
        renamed("d", "D", false);
        assertEquals(List.of("D"), onDisk(""));
        files.close(open("d\\E\\G", READ).open());
    }

    @Test
    void aDirectoryMovesNotIfSomethingIsOpenThroughALinkToIt() throws IOException {
        makeDirectory("d");
        make("d\\f", "");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("d").getFileName());
        FileOpen below = open("link\\f", READ).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> renamed("d", "g", false));
        files.close(below);
    }

    @Test
    void theDestinationIsOpenedToAddAName() {
        make("f", "");
        makeDirectory("d");
        FileOpen deleter = open("d", DELETE).open();
        assertStatus(NtStatus.SHARING_VIOLATION, () -> renamed("f", "d\\f", false));
        files.close(deleter);
        FileOpen lister = open("d", READ).sharing(ShareAccess.READ).open();
        assertStatus(NtStatus.SHARING_VIOLATION, () -> renamed("f", "d\\f", false));
        files.close(lister);
        FileOpen sharing = open("d", READ).open();
        renamed("f", "d\\f", false);
        files.close(sharing);
        assertStatus(NtStatus.OBJECT_PATH_NOT_FOUND, () -> renamed("d\\f", "none\\f", false));
    }

    @Test
    void onlyTheCaseOfANameMayChange() throws IOException {
        make("name", "");
        renamed("name", "NAME", false);
        assertEquals(List.of("NAME"), onDisk(""));
        renamed("name", "NAME", false);
        assertEquals(List.of("NAME"), onDisk(""));
    }

    @Test
    void aRenameToAnotherNameOfTheFileLeavesThatOne() throws IOException {
        make("f", "");
        FileOpen open = open("f", ALL).open();
        files.link(open, "g", false);
        files.rename(open, "g", false);
        assertEquals("g", open.path());
        files.close(open);
        assertEquals(List.of("g"), onDisk(""));
    }

    @Test
    void whatWentBehindOurBackIsNotRenamed() throws IOException {
        make("f", "old");
        FileOpen open = open("f", DELETE).open();
        Files.move(root.resolve("f"), root.resolve("elsewhere"));
        Files.writeString(root.resolve("f"), "other");
        assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> files.rename(open, "g", false));
        files.close(open);
        assertEquals(List.of("elsewhere", "f"), onDisk(""));
    }

    @Test
    void aLinkReplacesOnlyIfToldSoAndNothingIsLost() throws IOException {
        make("f", "text");
        make("G", "old");
        FileOpen open = open("f", READ).open();
        assertStatus(NtStatus.OBJECT_NAME_COLLISION, () -> files.link(open, "g", false));
        files.link(open, "g", true);
        assertEquals(2, files.queryMetadata(open).numberOfLinks());
        files.link(open, "g", true);
        assertEquals(List.of("f", "g"), onDisk(""));
        assertEquals("text", Files.readString(root.resolve("g")));
        files.close(open);
        FileOpen one = open("f", ALL).open();
        make("h", "open");
        FileOpen target = open("h", READ).open();
        assertStatus(NtStatus.ACCESS_DENIED, () -> files.link(one, "h", true));
        files.close(target);
        files.close(one);
        makeDirectory("d");
        FileOpen directory = open("d", READ).open();
        assertStatus(NtStatus.FILE_IS_A_DIRECTORY, () -> files.link(directory, "e", false));
        files.close(directory);
    }

    /** Word: the document goes away under another name, the new one comes, the old one is deleted. */
    @Test
    void wordSavesADocument() throws IOException {
        make("a.docx", "old");
        FileOpen lock = create("~$a.docx").attributes(FileAttributes.HIDDEN).open();
        FileOpen temporary = create("~WRD0001.tmp").open();
        write(temporary, "new");
        FileOpen document =
                open("a.docx", DELETE | AccessMask.FILE_READ_ATTRIBUTES).open();
        long documentId = document.fileId();
        files.rename(document, "~WRL0002.tmp", false);
        files.rename(temporary, "a.docx", false);
        FileOpen check = open("a.docx", READ).open();
        assertEquals("new", read(check));
        assertEquals(temporary.fileId(), check.fileId());
        files.close(check);
        files.close(temporary);
        assertEquals("~WRL0002.tmp", document.path());
        assertEquals(documentId, document.fileId());
        files.close(document);
        FileOpen old = open("~WRL0002.tmp", DELETE)
                .options(CreateOptions.DELETE_ON_CLOSE)
                .open();
        files.close(old);
        files.close(lock);
        assertEquals(List.of("a.docx", "~$a.docx"), onDisk(""));
    }

    /** Excel: a new file of eight digits is written, the workbook deleted while it is the only name, and replaced. */
    @Test
    void excelSavesAWorkbook() throws IOException {
        make("b.xlsx", "old");
        FileOpen workbook = open("b.xlsx", ALL)
                .sharing(ShareAccess.READ | ShareAccess.DELETE)
                .open();
        FileOpen fresh =
                with("8C3B1000", ALL, CreateDisposition.CREATE).sharing(0).open();
        write(fresh, "new");
        files.close(fresh);
        files.rename(workbook, "5F2A2000.tmp", false);
        renamed("8C3B1000", "b.xlsx", false);
        FileOpen reopened = open("b.xlsx", ALL).open();
        assertEquals("new", read(reopened));
        files.setDisposition(workbook, true);
        files.close(workbook);
        files.close(reopened);
        assertEquals(List.of("b.xlsx"), onDisk(""));
    }

    /** ReplaceFile: the old file is kept as a backup, the new one takes its name over that of the old one. */
    @Test
    void aReplaceWithBackupKeepsBoth() throws IOException {
        make("c.txt", "old");
        make("c.new", "new");
        make("c.bak", "older");
        FileOpen fresh = open("c.new", ALL).open();
        renamed("c.txt", "c.bak", true);
        files.rename(fresh, "c.txt", true);
        files.close(fresh);
        assertEquals("old", Files.readString(root.resolve("c.bak")));
        assertEquals("new", Files.readString(root.resolve("c.txt")));
    }
}
