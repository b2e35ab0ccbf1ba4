package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;
import org.smbd.vfs.node.NodeTable;
import org.smbd.vfs.oplock.CachingRequest;
import org.smbd.vfs.store.Identities;
import org.smbd.vfs.store.Volume;

/** A share in a scratch directory, and short ways to use it. */
abstract class FileServiceFixture {
    static final int READ = AccessMask.FILE_READ_DATA | AccessMask.FILE_READ_ATTRIBUTES;
    static final int WRITE = AccessMask.FILE_WRITE_DATA;
    static final int DELETE = AccessMask.DELETE;
    static final int ALL = AccessMask.FILE_ALL_ACCESS;
    static final DirectoryQueryMode CONTINUE = new DirectoryQueryMode(false, false, false);
    static final DirectoryQueryMode RESTART = new DirectoryQueryMode(true, false, false);

    final NodeTable nodes = new NodeTable();
    Path root;
    FileService files;

    abstract Path makeRoot() throws IOException;

    abstract Volume volume(Path directory) throws IOException;

    /** Who owns what this process makes in the share. */
    PosixIdentity owner() {
        return Identities.daemon();
    }

    @BeforeEach
    void openShare() throws IOException {
        root = makeRoot();
        files = share(ShareOptions.of(root, "test"));
    }

    LocalFileService share(ShareOptions options) throws IOException {
        return LocalFileService.open(options, nodes, volume(options.root()));
    }

    @AfterEach
    void closeShare() {
        files.close();
        Identities.restore(); // this thread has worked for others
        assertEquals(0, nodes.size(), "all opens were closed");
    }

    static SecurityContext context(PosixIdentity who) {
        return new SecurityContext(
                "user", Sid.unixUser(who.uid()), Set.of(), Set.of(), Optional.of(who), SecurityContext.Kind.USER);
    }

    /** An open to be tried; {@code with...} changes one thing. */
    record Try(
            FileService files,
            PosixIdentity who,
            String path,
            int access,
            int share,
            CreateDisposition disposition,
            int options,
            int attributes,
            int accessMax,
            Optional<PosixCreate> posix) {
        Try posix(int mode) {
            return new Try(
                    files,
                    who,
                    path,
                    access,
                    share,
                    disposition,
                    options,
                    attributes,
                    accessMax,
                    Optional.of(new PosixCreate(mode)));
        }

        Try sharing(int newShare) {
            return new Try(files, who, path, access, newShare, disposition, options, attributes, accessMax, posix);
        }

        Try options(int newOptions) {
            return new Try(files, who, path, access, share, disposition, newOptions, attributes, accessMax, posix);
        }

        Try attributes(int newAttributes) {
            return new Try(files, who, path, access, share, disposition, options, newAttributes, accessMax, posix);
        }

        Try as(PosixIdentity newWho) {
            return new Try(files, newWho, path, access, share, disposition, options, attributes, accessMax, posix);
        }

        Try on(FileService other) {
            return new Try(other, who, path, access, share, disposition, options, attributes, accessMax, posix);
        }

        Try within(int newAccessMax) {
            return new Try(files, who, path, access, share, disposition, options, attributes, newAccessMax, posix);
        }

        Outcome<OpenResult> outcome() {
            return files.open(new OpenRequest(
                    context(who),
                    path,
                    access,
                    attributes,
                    share,
                    disposition,
                    options,
                    0,
                    accessMax,
                    posix,
                    List.of(),
                    CachingRequest.Nothing.INSTANCE,
                    Optional.empty()));
        }

        OpenResult result() {
            Outcome<OpenResult> outcome = outcome();
            assertInstanceOf(Outcome.Done.class, outcome, () -> path + ": " + outcome);
            return ((Outcome.Done<OpenResult>) outcome).value();
        }

        FileOpen open() {
            return result().open();
        }

        void refusedWith(NtStatus status) {
            assertEquals(new Outcome.Fail<>(status), outcome());
        }
    }

    Try create(String path) {
        return with(path, ALL, CreateDisposition.CREATE);
    }

    Try open(String path, int access) {
        return with(path, access, CreateDisposition.OPEN);
    }

    Try with(String path, int access, CreateDisposition disposition) {
        return new Try(files, owner(), path, access, ShareAccess.ALL, disposition, 0, 0, ALL, Optional.empty());
    }

    /** Makes a file that holds {@code text}. */
    void make(String path, String text) {
        FileOpen open = create(path).open();
        write(open, text);
        files.close(open);
    }

    void makeDirectory(String path) {
        files.close(create(path)
                .options(org.smbd.core.file.CreateOptions.DIRECTORY_FILE)
                .open());
    }

    int write(FileOpen open, String text) {
        return files.write(open, 0, bytes(text), false, LockOwner.OPEN);
    }

    static ByteBuffer bytes(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(encoded.length).put(encoded).flip();
    }

    String read(FileOpen open) {
        ByteBuffer target = ByteBuffer.allocateDirect(4096);
        files.read(open, 0, target, LockOwner.OPEN);
        return StandardCharsets.UTF_8.decode(target.flip()).toString();
    }

    List<String> names(FileOpen directory, String pattern, DirectoryQueryMode mode) {
        List<String> names = new ArrayList<>();
        files.queryDirectory(directory, pattern, mode, entry -> names.add(entry.name()));
        return names;
    }

    static void assertStatus(NtStatus expected, Executable call) {
        assertEquals(expected, assertThrows(SmbException.class, call).status());
    }
}
