package org.smbd.server.smb1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1PathRequest;
import org.smbd.protocol.smb1.Smb1PathResponse;
import org.smbd.server.session.OpenResource;
import org.smbd.vfs.BasicInformation;
import org.smbd.vfs.DirectoryQueryMode;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.FileService;
import org.smbd.vfs.NameChange;
import org.smbd.vfs.VolumeFacts;

/** Commands on names: MS-CIFS 3.3.5.3, 3.3.5.4, 3.3.5.9 to 3.3.5.12, 3.3.5.19, 3.3.5.28, 3.3.5.29, 3.3.5.53. */
final class PathCommands {
    private static final DirectoryQueryMode ALL = new DirectoryQueryMode(false, false, false);

    private PathCommands() {}

    /** SMB_COM_CREATE_DIRECTORY. */
    static Smb1Reply createDirectory(Smb1Call call) {
        return createDirectory(
                call, Smb1PathRequest.Path.decode(call.block(), call.text()).path());
    }

    /** Makes a directory, as TRANS2_CREATE_DIRECTORY does, too. */
    static Smb1Reply createDirectory(Smb1Call call, String written) {
        Opening.Wish wish = new Opening.Wish(
                Smb1Path.of(written),
                AccessMask.FILE_READ_ATTRIBUTES,
                0,
                ShareAccess.ALL,
                CreateDisposition.CREATE,
                CreateOptions.DIRECTORY_FILE,
                0,
                List.of(),
                Smb1Oplock.NONE);
        return Opening.using(call, wish, opened -> Smb1Reply.DONE);
    }

    /** SMB_COM_DELETE_DIRECTORY. */
    static Smb1Reply deleteDirectory(Smb1Call call) {
        String path = Smb1Path.of(
                Smb1PathRequest.Path.decode(call.block(), call.text()).path());
        return Opening.using(call, path, AccessMask.DELETE, CreateOptions.DIRECTORY_FILE, PathCommands::deleted);
    }

    /** SMB_COM_CHECK_DIRECTORY. */
    static Smb1Reply checkDirectory(Smb1Call call) {
        String path = Smb1Path.of(
                Smb1PathRequest.Path.decode(call.block(), call.text()).path());
        Smb1Reply reply = Opening.using(
                call, path, AccessMask.FILE_READ_ATTRIBUTES, CreateOptions.DIRECTORY_FILE, opened -> Smb1Reply.DONE);
        return Smb1Reply.after(reply, PathCommands::asPath);
    }

    /** What is asked for is a path, so that nothing there is a path that is not found. */
    private static Smb1Reply asPath(Smb1Reply reply) {
        return reply instanceof Smb1Reply.Failure failure && failure.status() == NtStatus.OBJECT_NAME_NOT_FOUND
                ? new Smb1Reply.Failure(NtStatus.OBJECT_PATH_NOT_FOUND)
                : reply;
    }

    /** SMB_COM_DELETE. */
    static Smb1Reply delete(Smb1Call call) {
        Smb1PathRequest.Delete request = Smb1PathRequest.Delete.decode(call.block(), call.text());
        SearchFilter filter = new SearchFilter(request.searchAttributes());
        String path = Smb1Path.of(request.path());
        if (!Smb1Path.hasWildcard(Smb1Path.name(path))) {
            return delete(call, path, filter);
        }
        if (Smb1Path.hasWildcard(Smb1Path.parent(path))) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
        return forMatches(call, path, filter, match -> delete(call, match, filter));
    }

    private static Smb1Reply delete(Smb1Call call, String path, SearchFilter filter) {
        int access = AccessMask.DELETE | AccessMask.FILE_READ_ATTRIBUTES;
        // Nobody else may have it open for data, whatever they share: so it is over SMB1.
        Opening.Wish wish = new Opening.Wish(
                path,
                access,
                0,
                0,
                CreateDisposition.OPEN,
                CreateOptions.NON_DIRECTORY_FILE,
                0,
                List.of(),
                Smb1Oplock.NONE);
        return Opening.using(call, wish, opened -> {
            if (!filter.accepts(opened.result().metadata().attributes())) {
                throw NtStatus.NO_SUCH_FILE.exception();
            }
            return deleted(opened);
        });
    }

    private static Smb1Reply deleted(Opening.Opened opened) {
        return Opening.change(Optional.empty(), opened.resource(), new NameChange.Delete(), () -> {
            opened.files().setDisposition(opened.result().open(), true);
            return Smb1Reply.DONE;
        });
    }

    /** Does something with each file that a pattern means; NO_SUCH_FILE where it means none. */
    private static Smb1Reply forMatches(
            Smb1Call call, String path, SearchFilter filter, Function<String, Smb1Reply> work) {
        String directory = Smb1Path.parent(path);
        List<String> names = new ArrayList<>();
        Smb1Reply listed =
                Opening.using(call, directory, AccessMask.FILE_LIST_DIRECTORY, CreateOptions.DIRECTORY_FILE, opened -> {
                    collect(opened, Smb1Path.name(path), filter, names);
                    return names.isEmpty() ? new Smb1Reply.Failure(NtStatus.NO_SUCH_FILE) : Smb1Reply.DONE;
                });
        return Smb1Reply.after(
                asPathIn(listed),
                reply -> reply instanceof Smb1Reply.Failure
                        ? reply
                        : Smb1Reply.forEach(names.iterator(), name -> work.apply(Smb1Path.join(directory, name))));
    }

    private static Smb1Reply asPathIn(Smb1Reply reply) {
        return Smb1Reply.after(reply, PathCommands::asPath);
    }

    private static void collect(Opening.Opened opened, String pattern, SearchFilter filter, List<String> names) {
        opened.files().queryDirectory(opened.result().open(), pattern, ALL, entry -> {
            boolean self = entry.name().equals(".") || entry.name().equals("..");
            if (!self && filter.accepts(entry.metadata().attributes())) {
                names.add(entry.name());
            }
            return true;
        });
    }

    /** SMB_COM_RENAME. */
    static Smb1Reply rename(Smb1Call call) {
        return rename(call, Smb1PathRequest.Rename.decode(call.block(), call.text()));
    }

    /** SMB_COM_NT_RENAME. */
    static Smb1Reply ntRename(Smb1Call call) {
        Smb1PathRequest.Rename request = Smb1PathRequest.Rename.decodeNt(call.block(), call.text());
        return switch (request.informationLevel()) {
            case Smb1PathRequest.Rename.RENAME -> rename(call, request);
            case Smb1PathRequest.Rename.LINK -> link(call, request);
            default -> throw NtStatus.INVALID_PARAMETER.exception();
        };
    }

    private static Smb1Reply rename(Smb1Call call, Smb1PathRequest.Rename request) {
        SearchFilter filter = new SearchFilter(request.searchAttributes());
        String oldPath = Smb1Path.of(request.oldPath());
        String newPath = Smb1Path.of(request.newPath());
        if (!Smb1Path.hasWildcard(Smb1Path.name(oldPath))) {
            return rename(call, oldPath, newPath, filter);
        }
        String newPattern = Smb1Path.name(newPath);
        return forMatches(call, oldPath, filter, match -> {
            String name = WildcardName.resolve(newPattern, Smb1Path.name(match));
            return rename(call, match, Smb1Path.join(Smb1Path.parent(newPath), name), filter);
        });
    }

    private static Smb1Reply rename(Smb1Call call, String oldPath, String newPath, SearchFilter filter) {
        int access = AccessMask.DELETE | AccessMask.FILE_READ_ATTRIBUTES;
        // Nobody else may have it open to delete it, whatever they share: so it is over SMB1.
        Opening.Wish wish = new Opening.Wish(
                oldPath,
                access,
                0,
                ShareAccess.READ | ShareAccess.WRITE,
                CreateDisposition.OPEN,
                0,
                0,
                List.of(),
                Smb1Oplock.NONE);
        return Opening.using(call, wish, opened -> {
            if (!filter.acceptsNamed(opened.result().metadata().attributes())) {
                throw NtStatus.NO_SUCH_FILE.exception();
            }
            NameChange change = new NameChange.Rename(newPath, false);
            return Opening.change(Optional.empty(), opened.resource(), change, () -> {
                opened.files().rename(opened.result().open(), newPath, false);
                return Smb1Reply.DONE;
            });
        });
    }

    private static Smb1Reply link(Smb1Call call, Smb1PathRequest.Rename request) {
        String oldPath = Smb1Path.of(request.oldPath());
        String newPath = Smb1Path.of(request.newPath());
        if (Smb1Path.hasWildcard(oldPath) || Smb1Path.hasWildcard(newPath)) {
            throw NtStatus.OBJECT_PATH_SYNTAX_BAD.exception();
        }
        if (!AccessMask.has(call.share().maximalAccess(), AccessMask.FILE_ADD_FILE)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
        return Opening.using(call, oldPath, AccessMask.FILE_READ_ATTRIBUTES, 0, opened -> {
            NameChange change = new NameChange.Link(newPath, false);
            return Opening.change(Optional.empty(), opened.resource(), change, () -> {
                opened.files().link(opened.result().open(), newPath, false);
                return Smb1Reply.DONE;
            });
        });
    }

    /** SMB_COM_QUERY_INFORMATION. */
    static Smb1Reply queryInformation(Smb1Call call) {
        String path = Smb1Path.of(
                Smb1PathRequest.Path.decode(call.block(), call.text()).path());
        return Opening.using(call, path, AccessMask.FILE_READ_ATTRIBUTES, 0, opened -> {
            FileMetadata metadata = opened.result().metadata();
            return Smb1Reply.of(
                    new Smb1PathResponse.QueryInformation(metadata, call.time().toSeconds(metadata.lastWriteTime())));
        });
    }

    /** SMB_COM_SET_INFORMATION. */
    static Smb1Reply setInformation(Smb1Call call) {
        Smb1PathRequest.SetInformation request = Smb1PathRequest.SetInformation.decode(call.block(), call.text());
        String path = Smb1Path.of(request.path());
        return Opening.using(call, path, AccessMask.FILE_WRITE_ATTRIBUTES, 0, opened -> {
            int attributes = request.attributes() & ~FileAttributes.DIRECTORY;
            boolean directory = opened.result().open().isDirectory();
            if (!directory && attributes != request.attributes()) {
                throw NtStatus.INVALID_PARAMETER.exception();
            }
            opened.files()
                    .setBasic(
                            opened.result().open(),
                            new BasicInformation(
                                    0,
                                    0,
                                    call.time().ofSeconds(request.lastWriteTime()),
                                    0,
                                    attributes == 0 ? FileAttributes.NORMAL : attributes));
            return Smb1Reply.DONE;
        });
    }

    /** SMB_COM_QUERY_INFORMATION2. */
    static Smb1Reply queryInformation2(Smb1Call call) {
        OpenResource.File file = call.file(call.block().words(1).u16());
        return Smb1Reply.of(
                new Smb1PathResponse.QueryInformation2(file.files().queryMetadata(file.open()), call.time()));
    }

    /** SMB_COM_SET_INFORMATION2. */
    static Smb1Reply setInformation2(Smb1Call call) {
        Smb1PathRequest.SetInformation2 request = Smb1PathRequest.SetInformation2.decode(call.block());
        OpenResource.File file = call.file(request.fid());
        file.files()
                .setBasic(
                        file.open(),
                        new BasicInformation(
                                call.time().ofPacked(request.creation()),
                                call.time().ofPacked(request.lastAccess()),
                                call.time().ofPacked(request.lastWrite()),
                                0,
                                0));
        return Smb1Reply.DONE;
    }

    /** SMB_COM_QUERY_INFORMATION_DISK. */
    static Smb1Reply queryInformationDisk(Smb1Call call) {
        call.block().words(0);
        return Opening.using(call, "", AccessMask.FILE_READ_ATTRIBUTES, CreateOptions.DIRECTORY_FILE, opened -> {
            FileService files = opened.files();
            FileOpen root = opened.result().open();
            VolumeFacts volume = files.queryVolume(root);
            return Smb1Reply.of(Smb1PathResponse.QueryInformationDisk.of(
                    volume.totalUnits(),
                    volume.callerAvailableUnits(),
                    volume.sectorsPerUnit(),
                    volume.bytesPerSector()));
        });
    }
}
