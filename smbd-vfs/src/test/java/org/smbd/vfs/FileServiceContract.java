package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.FileTime;

/** What a file service does, whatever it stands on. */
abstract class FileServiceContract extends FileServiceFixture {
    private static final long LONG_AGO = 0x01C0_0000_0000_0000L;

    @Test
    void eachDispositionDoesAsItSays() {
        assertEquals(CreateAction.CREATED, closing(create("f").result()).action());
        create("F").refusedWith(NtStatus.OBJECT_NAME_COLLISION);
        open("none", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        with("none", READ, CreateDisposition.OVERWRITE).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
        open("none\\f", READ).refusedWith(NtStatus.OBJECT_PATH_NOT_FOUND);
        assertEquals(CreateAction.OPENED, closing(open("f", READ).result()).action());
        assertEquals(
                CreateAction.OPENED,
                closing(with("f", READ, CreateDisposition.OPEN_IF).result()).action());
        assertEquals(
                CreateAction.OVERWRITTEN,
                closing(with("f", READ, CreateDisposition.OVERWRITE_IF).result())
                        .action());
        assertEquals(
                CreateAction.SUPERSEDED,
                closing(with("f", READ, CreateDisposition.SUPERSEDE).result()).action());
        assertEquals(
                CreateAction.CREATED,
                closing(with("g", READ, CreateDisposition.OPEN_IF).result()).action());
    }

    private OpenResult closing(OpenResult result) {
        files.close(result.open());
        return result;
    }

    @Test
    void theAnswerOfAnOpenIsWhatAQueryTells() {
        OpenResult created = create("f").attributes(FileAttributes.HIDDEN).result();
        assertEquals(files.queryMetadata(created.open()), created.metadata());
        assertEquals(
                FileAttributes.HIDDEN | FileAttributes.ARCHIVE,
                created.metadata().attributes());
        write(created.open(), "text");
        files.close(created.open());
        OpenResult opened = open("F", READ).result();
        assertEquals(files.queryMetadata(opened.open()), opened.metadata());
        assertEquals(created.metadata().creationTime(), opened.metadata().creationTime());
        assertEquals(created.metadata().fileId(), opened.metadata().fileId());
        assertEquals("f", opened.open().path());
        assertEquals(4, opened.metadata().endOfFile());
        files.close(opened.open());
        OpenResult overwritten = with("f", WRITE, CreateDisposition.OVERWRITE)
                .attributes(FileAttributes.HIDDEN)
                .result();
        assertEquals(files.queryMetadata(overwritten.open()), overwritten.metadata());
        assertEquals(0, overwritten.metadata().endOfFile());
        files.close(overwritten.open());
    }

    @Test
    void anOverwriteMustNameHiddenAndSystem() {
        files.close(create("f").attributes(FileAttributes.HIDDEN).open());
        with("f", WRITE, CreateDisposition.OVERWRITE).refusedWith(NtStatus.ACCESS_DENIED);
    }

    @Test
    void directoriesAreNeitherOverwrittenNorMistaken() {
        makeDirectory("d");
        make("f", "");
        for (CreateDisposition disposition :
                List.of(CreateDisposition.OVERWRITE, CreateDisposition.OVERWRITE_IF, CreateDisposition.SUPERSEDE)) {
            with("d", WRITE, disposition).refusedWith(NtStatus.OBJECT_NAME_COLLISION);
            with("", WRITE, disposition).refusedWith(NtStatus.ACCESS_DENIED);
        }
        open("d", READ).options(CreateOptions.NON_DIRECTORY_FILE).refusedWith(NtStatus.FILE_IS_A_DIRECTORY);
        open("f", READ).options(CreateOptions.DIRECTORY_FILE).refusedWith(NtStatus.NOT_A_DIRECTORY);
        create("d").options(CreateOptions.DIRECTORY_FILE).refusedWith(NtStatus.OBJECT_NAME_COLLISION);
    }

    @Test
    void deleteOnCloseNeedsTheRightByName() {
        make("f", "");
        open("f", READ).options(CreateOptions.DELETE_ON_CLOSE).refusedWith(NtStatus.INVALID_PARAMETER);
        open("f", AccessMask.MAXIMUM_ALLOWED)
                .options(CreateOptions.DELETE_ON_CLOSE)
                .refusedWith(NtStatus.INVALID_PARAMETER);
        files.close(open("f", DELETE).options(CreateOptions.DELETE_ON_CLOSE).open());
        open("f", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
    }

    @Test
    void deleteOnCloseWaitsForTheLastAndRefusesNewOnes() {
        make("f", "text");
        FileOpen first = open("f", READ).open();
        files.close(open("f", DELETE).options(CreateOptions.DELETE_ON_CLOSE).open());
        assertTrue(files.queryMetadata(first).deletePending());
        open("f", READ).refusedWith(NtStatus.DELETE_PENDING);
        assertEquals("text", read(first));
        files.close(first);
        open("f", READ).refusedWith(NtStatus.OBJECT_NAME_NOT_FOUND);
    }

    @Test
    void aPendingDeleteCanBeTakenBack() {
        make("f", "");
        FileOpen open = open("f", DELETE).open();
        files.setDisposition(open, true);
        files.setDisposition(open, false);
        files.close(open);
        files.close(open("f", READ).open());
    }

    @Test
    void whatIsReadonlyIsNeitherDeletedNorWritten() {
        files.close(create("f").attributes(FileAttributes.READONLY).open());
        open("f", WRITE).refusedWith(NtStatus.ACCESS_DENIED);
        open("f", DELETE).options(CreateOptions.DELETE_ON_CLOSE).refusedWith(NtStatus.CANNOT_DELETE);
        FileOpen most = open("f", AccessMask.MAXIMUM_ALLOWED).open();
        assertFalse(AccessMask.hasAny(most.grantedAccess(), AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA));
        assertStatus(NtStatus.CANNOT_DELETE, () -> files.setDisposition(most, true));
        files.close(most);
    }

    @Test
    void theShareBoundsWhatIsGranted() {
        make("f", "");
        int readOnly = AccessMask.FILE_GENERIC_READ;
        open("f", WRITE).within(readOnly).refusedWith(NtStatus.ACCESS_DENIED);
        with("f", READ, CreateDisposition.OVERWRITE).within(readOnly).refusedWith(NtStatus.ACCESS_DENIED);
        with("new", READ, CreateDisposition.CREATE).within(readOnly).refusedWith(NtStatus.ACCESS_DENIED);
        FileOpen most = open("f", AccessMask.MAXIMUM_ALLOWED).within(readOnly).open();
        assertEquals(0, most.grantedAccess() & ~readOnly);
        files.close(most);
    }

    @Test
    void shareModesAreKeptBothWays() {
        make("f", "");
        FileOpen reader = open("f", READ).sharing(ShareAccess.READ).open();
        open("f", WRITE).refusedWith(NtStatus.SHARING_VIOLATION);
        open("f", READ).sharing(ShareAccess.WRITE).refusedWith(NtStatus.SHARING_VIOLATION);
        with("f", READ, CreateDisposition.OVERWRITE).refusedWith(NtStatus.SHARING_VIOLATION);
        FileOpen looker = open("f", AccessMask.FILE_READ_ATTRIBUTES).sharing(0).open();
        files.close(looker);
        files.close(reader);
        files.close(open("f", WRITE).open());
    }

    @Test
    void aSharingViolationLeavesTheFileAsItWas() {
        make("f", "text");
        FileOpen reader = open("f", READ).sharing(ShareAccess.READ).open();
        with("f", WRITE, CreateDisposition.OVERWRITE_IF).refusedWith(NtStatus.SHARING_VIOLATION);
        assertEquals("text", read(reader));
        files.close(reader);
    }

    @Test
    void timesThatAreSetOrFrozenSurviveTheHandlesOwnWrites() {
        FileOpen open = create("f").open();
        files.setBasic(open, new BasicInformation(0, 0, LONG_AGO, LONG_AGO + 10, 0));
        write(open, "one");
        assertEquals(LONG_AGO, files.queryMetadata(open).lastWriteTime());
        assertEquals(LONG_AGO + 10, files.queryMetadata(open).changeTime());
        files.setEndOfFile(open, 1);
        assertEquals(LONG_AGO, files.queryMetadata(open).lastWriteTime());
        files.setBasic(open, new BasicInformation(0, 0, FileTime.THAW, FileTime.THAW, 0));
        write(open, "two");
        FileMetadata thawed = files.queryMetadata(open);
        assertNotEquals(LONG_AGO, thawed.lastWriteTime());
        assertNotEquals(LONG_AGO + 10, thawed.changeTime());
        files.setBasic(open, new BasicInformation(0, 0, FileTime.FREEZE, FileTime.FREEZE, 0));
        write(open, "three");
        assertEquals(thawed.lastWriteTime(), files.queryMetadata(open).lastWriteTime());
        assertEquals(thawed.changeTime(), files.queryMetadata(open).changeTime());
        files.close(open);
    }

    @Test
    void anotherHandlesWriteMovesTheTimes() {
        make("f", "");
        FileOpen setter = open("f", ALL).open();
        FileOpen writer = open("f", ALL).open();
        files.setBasic(setter, new BasicInformation(0, 0, LONG_AGO, LONG_AGO, 0));
        write(writer, "new");
        assertNotEquals(LONG_AGO, files.queryMetadata(setter).lastWriteTime());
        files.close(setter);
        files.close(writer);
    }

    @Test
    void timesBelowMinusTwoAndWrongKindsAreRefused() {
        FileOpen open = create("f").open();
        assertStatus(NtStatus.INVALID_PARAMETER, () -> files.setBasic(open, new BasicInformation(0, -3, 0, 0, 0)));
        assertStatus(
                NtStatus.INVALID_PARAMETER,
                () -> files.setBasic(open, new BasicInformation(0, 0, 0, 0, FileAttributes.DIRECTORY)));
        files.close(open);
    }

    @Test
    void anAttributeChangeKeepsCreationTime() {
        FileOpen open = create("f").open();
        files.setBasic(open, new BasicInformation(LONG_AGO, 0, 0, 0, 0));
        files.setBasic(open, new BasicInformation(0, 0, 0, 0, FileAttributes.SYSTEM));
        FileMetadata now = files.queryMetadata(open);
        assertEquals(LONG_AGO, now.creationTime());
        assertEquals(FileAttributes.SYSTEM, now.attributes());
        files.close(open);
    }

    @Test
    void aRestartBringsItsOwnPattern() {
        makeDirectory("d");
        make("d\\a.txt", "");
        make("d\\b.log", "");
        FileOpen open = open("d", AccessMask.FILE_LIST_DIRECTORY).open();
        assertEquals(List.of("a.txt"), names(open, "*.txt", CONTINUE));
        assertEquals(List.of(), names(open, "*.log", CONTINUE));
        assertEquals(List.of("b.log"), names(open, "*.log", RESTART));
        assertEquals(List.of("b.log"), names(open, "", RESTART));
        assertStatus(NtStatus.OBJECT_NAME_INVALID, () -> names(open, "*".repeat(5_000), RESTART));
        files.close(open);
    }

    @Test
    void appendsOfSeveralThreadsAreAllThere() throws InterruptedException {
        make("f", "");
        List<Thread> threads = new java.util.ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                FileOpen open = open("f", AccessMask.FILE_APPEND_DATA).open();
                for (int n = 0; n < 50; n++) {
                    files.write(open, FileService.END_OF_FILE_OFFSET, bytes("x"), false, LockOwner.OPEN);
                }
                files.close(open);
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        FileOpen open = open("f", READ).open();
        assertEquals(200, files.queryMetadata(open).endOfFile());
        files.close(open);
    }
}
