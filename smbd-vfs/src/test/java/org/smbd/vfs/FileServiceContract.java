package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.store.Identities;

/** What holds of a {@link FileService} on every volume. */
abstract class FileServiceContract {
    static final int ALL = AccessMask.FILE_ALL_ACCESS;
    private static final SecurityContext CONTEXT = new SecurityContext(
            "tester", Sid.unixUser(0), Set.of(), Set.of(), Optional.of(Identities.daemon()), SecurityContext.Kind.USER);

    private final NodeTable nodes = new NodeTable();
    Path root;
    LocalFileService files;

    abstract Path makeRoot() throws IOException;

    @BeforeEach
    void start() throws IOException {
        root = makeRoot();
        files = LocalFileService.open(ShareOptions.of(root, "share"), nodes);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertEquals(0, nodes.size());
        files.close();
    }

    final Outcome<OpenResult> open(String path, int access, int share, CreateDisposition disposition, int options) {
        return files.open(new OpenRequest(CONTEXT, path, access, 0, share, disposition, options, 0, ALL));
    }

    private FileOpen opened(String path, int access, int share, CreateDisposition disposition, int options) {
        Outcome<OpenResult> outcome = open(path, access, share, disposition, options);
        return assertInstanceOf(Outcome.Done.class, outcome, () -> path + ": " + outcome)
                                .value()
                        instanceof OpenResult r
                ? r.open()
                : null;
    }

    private FileOpen create(String path) {
        return opened(path, ALL, ShareAccess.ALL, CreateDisposition.CREATE, 0);
    }

    private FileOpen createDirectory(String path, int access, int share) {
        return opened(path, access, share, CreateDisposition.CREATE, CreateOptions.DIRECTORY_FILE);
    }

    private NtStatus refused(String path, int access, int share, CreateDisposition disposition, int options) {
        Outcome<OpenResult> outcome = open(path, access, share, disposition, options);
        return ((Outcome.Fail<?>) assertInstanceOf(Outcome.Fail.class, outcome)).status();
    }

    private static NtStatus thrown(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(SmbException.class, action).status();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNewFileIsEmptyAndArchived() {
        Outcome<OpenResult> outcome = open("a", ALL, 0, CreateDisposition.OPEN_IF, 0);
        OpenResult result = ((Outcome.Done<OpenResult>) outcome).value();
        assertEquals(CreateAction.CREATED, result.action());
        assertEquals(0, result.metadata().endOfFile());
        assertTrue(FileAttributes.has(result.metadata().attributes(), FileAttributes.ARCHIVE));
        files.close(result.open());
    }

    @Test
    void shareModesConflict() {
        FileOpen first = opened("a", AccessMask.FILE_READ_DATA, ShareAccess.READ, CreateDisposition.CREATE, 0);
        assertEquals(
                NtStatus.SHARING_VIOLATION,
                refused("a", AccessMask.FILE_WRITE_DATA, ShareAccess.ALL, CreateDisposition.OPEN, 0));
        FileOpen second = opened("a", AccessMask.FILE_READ_DATA, ShareAccess.READ, CreateDisposition.OPEN, 0);
        files.close(first);
        files.close(second);
    }

    @Test
    void aFileGoesWithItsLastOpenAndNobodyComesMeanwhile() {
        FileOpen first = create("a");
        FileOpen second = opened("a", AccessMask.DELETE, ShareAccess.ALL, CreateDisposition.OPEN, 0);
        files.setDisposition(first, true);
        files.close(first);
        assertTrue(Files.exists(root.resolve("a")));
        assertEquals(
                NtStatus.DELETE_PENDING,
                refused("a", AccessMask.FILE_READ_DATA, ShareAccess.ALL, CreateDisposition.OPEN, 0));
        assertEquals(NtStatus.ACCESS_DENIED, thrown(() -> files.rename(second, "b", false)));
        files.close(second);
        assertTrue(Files.notExists(root.resolve("a")));
    }

    @Test
    void aFileMarkedThroughAnotherShareGoesFromThere() throws IOException {
        Files.createDirectory(root.resolve("inner"));
        FileOpen outerOpen = create("inner\\a");
        try (LocalFileService inner = LocalFileService.open(ShareOptions.of(root.resolve("inner"), "inner"), nodes)) {
            OpenRequest request =
                    new OpenRequest(CONTEXT, "a", ALL, 0, ShareAccess.ALL, CreateDisposition.OPEN, 0, 0, ALL);
            FileOpen innerOpen =
                    ((Outcome.Done<OpenResult>) inner.open(request)).value().open();
            inner.setDisposition(innerOpen, true);
            inner.close(innerOpen);
            files.close(outerOpen);
        }
        assertTrue(Files.notExists(root.resolve("inner/a")));
    }

    @Test
    void aDirectoryThatIsOpenForDeletionTakesNoRenamedFile() {
        int noDelete = ALL & ~AccessMask.DELETE;
        FileOpen directory = createDirectory("d", ALL, ShareAccess.ALL);
        FileOpen file = create("d\\a");
        assertEquals(NtStatus.SHARING_VIOLATION, thrown(() -> files.rename(file, "d\\b", false)));
        files.close(directory);
        FileOpen sharing = opened("d", noDelete, ShareAccess.ALL, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE);
        files.rename(file, "d\\b", false);
        assertEquals("d\\b", file.path());
        files.close(sharing);
        FileOpen alone = opened("d", noDelete, 0, CreateDisposition.OPEN, CreateOptions.DIRECTORY_FILE);
        assertEquals(NtStatus.SHARING_VIOLATION, thrown(() -> files.rename(file, "d\\c", false)));
        files.close(alone);
        files.close(file);
    }

    @Test
    void aDirectoryWithAnOpenFileDoesNotMove() {
        FileOpen directory = createDirectory("d", ALL, ShareAccess.ALL);
        FileOpen file = create("d\\a");
        assertEquals(NtStatus.ACCESS_DENIED, thrown(() -> files.rename(directory, "e", false)));
        files.close(file);
        files.rename(directory, "e", false);
        files.close(directory);
        assertTrue(Files.exists(root.resolve("e/a")));
    }

    @Test
    void whoMayNotAddNamesMakesNoLink() {
        files.close(create("a"));
        int readOnly = AccessMask.FILE_GENERIC_READ;
        OpenRequest request =
                new OpenRequest(CONTEXT, "a", readOnly, 0, ShareAccess.ALL, CreateDisposition.OPEN, 0, 0, readOnly);
        FileOpen open = ((Outcome.Done<OpenResult>) files.open(request)).value().open();
        assertEquals(NtStatus.ACCESS_DENIED, thrown(() -> files.link(open, "b", false)));
        files.close(open);
    }

    @Test
    void parallelAppendsLoseNothing() throws Exception {
        files.close(create("log"));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(pool.submit(() -> {
                FileOpen open = opened("log", AccessMask.FILE_APPEND_DATA, ShareAccess.ALL, CreateDisposition.OPEN, 0);
                for (int line = 0; line < 200; line++) {
                    files.write(open, 0, bytes("12345678\n"), false, LockOwner.OPEN);
                }
                files.close(open);
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        pool.shutdown();
        assertEquals(4 * 200 * 9, Files.size(root.resolve("log")));
    }
}
