package org.smbd.server.smb1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateAction;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.FileMetadata;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.Guid;
import org.smbd.protocol.smb1.DosOpen;
import org.smbd.protocol.smb1.Smb1OpenRequest;
import org.smbd.protocol.smb1.Smb1OpenResponse;
import org.smbd.server.pipe.PipeTree;
import org.smbd.server.session.OpenResource;
import org.smbd.server.smb2.PipeInformation;
import org.smbd.vfs.BasicInformation;
import org.smbd.vfs.OpenResult;

/** Commands that open, close and flush: MS-CIFS 3.3.5.5 to 3.3.5.8, 3.3.5.35, 3.3.5.51. */
final class OpenCommands {
    private static final int ALL_FIDS = 0xFFFF;
    /** What the longer response to an open of DOS tells of rights, with Windows. */
    private static final int STANDARD_RIGHTS = 0x1F_0000;

    private static final String PIPE_PREFIX = "PIPE\\";

    private final PipeTree pipes;

    OpenCommands(PipeTree pipes) {
        this.pipes = pipes;
    }

    /** SMB_COM_NT_CREATE_ANDX. */
    Smb1Reply ntCreate(Smb1Call call) {
        Smb1OpenRequest.NtCreate request = Smb1OpenRequest.NtCreate.decode(call.block(), call.text());
        boolean extended = (request.flags() & Smb1OpenRequest.NtCreate.REQUEST_EXTENDED_RESPONSE) != 0;
        return ntCreate(call, request, List.of(), extended, Smb1Reply::of);
    }

    /** What becomes of the response of an open. */
    interface NtCreated {
        Smb1Reply reply(Smb1OpenResponse.NtCreate response);
    }

    /** Opens as SMB_COM_NT_CREATE_ANDX and NT_TRANSACT_CREATE do. */
    Smb1Reply ntCreate(
            Smb1Call call,
            Smb1OpenRequest.NtCreate request,
            List<ExtendedAttribute> attributes,
            boolean extended,
            NtCreated created) {
        if (call.share().isPipe()) {
            return created.reply(openPipe(call, request.name(), extended));
        }
        if (CreateOptions.has(request.createOptions(), CreateOptions.OPEN_BY_FILE_ID)) {
            throw NtStatus.NOT_SUPPORTED.exception();
        }
        CreateDisposition disposition =
                CreateDisposition.of(request.createDisposition()).orElseThrow(NtStatus.INVALID_PARAMETER::exception);
        String path = Smb1Path.of(request.name());
        if (request.rootDirectoryFid() != 0) {
            path = Smb1Path.join(call.file(request.rootDirectoryFid()).open().path(), path);
        }
        boolean targetDirectory = (request.flags() & Smb1OpenRequest.NtCreate.OPEN_TARGET_DIR) != 0;
        Opening.Wish wish = new Opening.Wish(
                targetDirectory ? Smb1Path.parent(path) : path,
                request.desiredAccess(),
                request.fileAttributes(),
                request.shareAccess(),
                disposition,
                Opening.checkedOptions(request.createOptions()),
                request.allocationSize(),
                attributes,
                Smb1Oplock.ofNtCreate(request.flags()));
        return Opening.patiently(
                call, wish, Optional::empty, opened -> created.reply(ntCreated(call, opened, extended)));
    }

    @SuppressWarnings("EnumOrdinal") // the ordinal of a CreateAction is its wire value
    private static Smb1OpenResponse.NtCreate ntCreated(Smb1Call call, Opening.Opened opened, boolean extended) {
        Smb1Open open = opened.register(call, DosSharing.NONE);
        OpenResult result = opened.result();
        Smb1OpenResponse.Extension extension = extended
                ? new Smb1OpenResponse.Extension(Guid.ZERO, opened.files().maximalAccess(result.open()), 0)
                : null;
        return new Smb1OpenResponse.NtCreate(
                Smb1Oplock.levelGranted(result.open()),
                open.fid(),
                result.action().ordinal(),
                result.metadata(),
                Smb1OpenResponse.Resource.DISK,
                extension);
    }

    @SuppressWarnings("EnumOrdinal")
    private Smb1OpenResponse.NtCreate openPipe(Smb1Call call, String name, boolean extended) {
        Smb1Open open = call.opened(new OpenResource.Pipe(pipes.open(withoutBackslashes(name), call.caller())));
        return new Smb1OpenResponse.NtCreate(
                0,
                open.fid(),
                CreateAction.OPENED.ordinal(),
                PipeInformation.METADATA,
                Smb1OpenResponse.Resource.MESSAGE_PIPE,
                extended ? new Smb1OpenResponse.Extension(Guid.ZERO, AccessMask.FILE_ALL_ACCESS, 0) : null);
    }

    /**
     * The pipe of a name that older calls write with {@code \PIPE\} in front.
     *
     * @throws org.smbd.core.status.SmbException OBJECT_PATH_SYNTAX_BAD where that is missing
     */
    static String longPipeName(String written) {
        String name = withoutBackslashes(written);
        if (!name.toUpperCase(Locale.ROOT).startsWith(PIPE_PREFIX)) {
            throw NtStatus.OBJECT_PATH_SYNTAX_BAD.exception();
        }
        return withoutBackslashes(name.substring(PIPE_PREFIX.length()));
    }

    /** Any number of them in front of the name of a pipe means the same as none. */
    private static String withoutBackslashes(String written) {
        String name = written.replace('/', '\\');
        int begin = 0;
        while (begin < name.length() && name.charAt(begin) == '\\') {
            begin++;
        }
        return name.substring(begin);
    }

    /** SMB_COM_OPEN_ANDX. */
    Smb1Reply openAndx(Smb1Call call) {
        Smb1OpenRequest.Open request = Smb1OpenRequest.Open.decodeAndx(call.block(), call.text());
        boolean extended = (request.flags() & Smb1OpenRequest.Open.REQUEST_EXTENDED_RESPONSE) != 0;
        if (call.share().isPipe()) {
            OpenResource.Pipe pipe = new OpenResource.Pipe(pipes.open(longPipeName(request.name()), call.caller()));
            return Smb1Reply.of(new Smb1OpenResponse.OpenAndx(
                    call.opened(pipe).fid(),
                    PipeInformation.METADATA,
                    0,
                    DosOpen.ACCESS_READ_WRITE,
                    Smb1OpenResponse.Resource.MESSAGE_PIPE,
                    Smb1OpenResponse.OpenAndx.OPENED,
                    null));
        }
        return openDos(
                call,
                request,
                List.of(),
                NtStatus.OS2_INVALID_ACCESS,
                opened -> Smb1Reply.of(andxResponse(
                        call, request.accessMode(), grantedAccess(request.accessMode()), opened, extended)));
    }

    /**
     * The response of SMB_COM_OPEN_ANDX to an open that was just done.
     *
     * @param accessRights what the client is told of them
     */
    static Smb1OpenResponse.OpenAndx andxResponse(
            Smb1Call call, int accessMode, int accessRights, Opening.Opened opened, boolean extended) {
        FileMetadata metadata = opened.result().metadata();
        return new Smb1OpenResponse.OpenAndx(
                opened.register(call, DosSharing.of(accessMode)).fid(),
                metadata,
                call.time().toSeconds(metadata.lastWriteTime()),
                accessRights,
                Smb1OpenResponse.Resource.DISK,
                (Smb1Oplock.isGranted(opened.result().open()) ? Smb1OpenResponse.OpenAndx.OPLOCK_GRANTED : 0)
                        | switch (opened.result().action()) {
                            case CREATED -> Smb1OpenResponse.OpenAndx.CREATED;
                            case OPENED -> Smb1OpenResponse.OpenAndx.OPENED;
                            case OVERWRITTEN, SUPERSEDED -> Smb1OpenResponse.OpenAndx.TRUNCATED;
                        },
                extended ? STANDARD_RIGHTS : null);
    }

    /** SMB_COM_OPEN. */
    Smb1Reply openCore(Smb1Call call) {
        Smb1OpenRequest.Open request = Smb1OpenRequest.Open.decodeCore(call.block(), call.text());
        return openDos(call, request, List.of(), NtStatus.OS2_INVALID_ACCESS, opened -> {
            FileMetadata metadata = opened.result().metadata();
            return Smb1Reply.of(new Smb1OpenResponse.Open(
                    opened.register(call, DosSharing.of(request.accessMode())).fid(),
                    metadata,
                    call.time().toSeconds(metadata.lastWriteTime()),
                    grantedAccess(request.accessMode())));
        });
    }

    private static int grantedAccess(int accessMode) {
        int access = accessMode & DosOpen.ACCESS_MASK;
        return access > DosOpen.ACCESS_READ_WRITE ? DosOpen.ACCESS_READ_WRITE : access;
    }

    /** What to do with a file that was opened by the rules of DOS. */
    interface Done {
        Smb1Reply with(Opening.Opened opened);
    }

    /** Opens by the rules of DOS: MS-CIFS 3.3.5.35. */
    static Smb1Reply openDos(
            Smb1Call call,
            Smb1OpenRequest.Open request,
            List<ExtendedAttribute> attributes,
            NtStatus ifNothingIsToDo,
            Done done) {
        String path = Smb1Path.of(request.name());
        Opening.Wish wish = new Opening.Wish(
                path,
                access(request.accessMode()),
                request.fileAttributes(),
                sharing(request.accessMode(), path),
                disposition(request.openMode(), request.accessMode() & DosOpen.ACCESS_MASK, ifNothingIsToDo),
                CreateOptions.NON_DIRECTORY_FILE
                        | ((request.accessMode() & DosOpen.WRITE_THROUGH) != 0 ? CreateOptions.WRITE_THROUGH : 0),
                Integer.toUnsignedLong(request.allocationSize()),
                attributes,
                Smb1Oplock.ofDos(call, request.flags()));
        DosSharing mode = DosSharing.of(request.accessMode());
        return Opening.patiently(call, wish, () -> again(call, path, mode, wish.desiredAccess(), done), done::with);
    }

    /** A process that has the file open by the same rules of DOS, and for writing, gets one more FID for that. */
    private static Optional<Smb1Reply> again(Smb1Call call, String path, DosSharing mode, int rights, Done done) {
        if (mode == DosSharing.NONE) {
            return Optional.empty();
        }
        for (Smb1Open open : call.connection().opens().all()) {
            if (open.dosMode() == mode
                    && open.session() == call.session()
                    && open.tree() == call.tree()
                    && open.pid() == call.pid()
                    && open.handle().resource() instanceof OpenResource.File file
                    && file.open().path().equalsIgnoreCase(path)
                    && AccessMask.has(file.open().grantedAccess(), AccessMask.FILE_WRITE_DATA)) {
                OpenResult result = new OpenResult(
                        file.open(), CreateAction.OPENED, file.files().queryMetadata(file.open()));
                return Optional.of(done.with(new Opening.Opened(file.files(), result, open, rights, null)));
            }
        }
        return Optional.empty();
    }

    private static int access(int accessMode) {
        if ((accessMode & DosOpen.FCB) == DosOpen.FCB) {
            return AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_WRITE;
        }
        return switch (accessMode & DosOpen.ACCESS_MASK) {
            case DosOpen.ACCESS_READ -> AccessMask.FILE_GENERIC_READ;
            case DosOpen.ACCESS_WRITE -> AccessMask.FILE_GENERIC_WRITE;
            case DosOpen.ACCESS_READ_WRITE -> AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_WRITE;
            case DosOpen.ACCESS_EXECUTE -> AccessMask.FILE_GENERIC_READ | AccessMask.FILE_EXECUTE;
            default -> throw NtStatus.OS2_INVALID_ACCESS.exception();
        };
    }

    /** MS-CIFS 2.2.4.3.1: what compatibility mode lets others do depends on the access, and on what the name says. */
    private static int sharing(int accessMode, String path) {
        int mode = accessMode >>> DosOpen.SHARING_SHIFT & 0x7;
        return switch (mode) {
            case DosOpen.SHARING_DENY_ALL -> 0;
            case DosOpen.SHARING_DENY_WRITE -> ShareAccess.READ;
            case DosOpen.SHARING_DENY_READ -> ShareAccess.WRITE;
            case DosOpen.SHARING_DENY_NONE -> ShareAccess.READ | ShareAccess.WRITE;
            case DosOpen.SHARING_COMPATIBILITY ->
                isProgram(path)
                        ? ShareAccess.READ | ShareAccess.WRITE
                        : (accessMode & DosOpen.ACCESS_MASK) == DosOpen.ACCESS_READ ? ShareAccess.READ : 0;
            case DosOpen.SHARING_FCB -> 0;
            default -> throw NtStatus.OS2_INVALID_ACCESS.exception();
        };
    }

    private static boolean isProgram(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".exe") || name.endsWith(".com") || name.endsWith(".dll") || name.endsWith(".sym");
    }

    private static CreateDisposition disposition(int openMode, int access, NtStatus ifNothingIsToDo) {
        boolean creates = (openMode & DosOpen.CREATE_MISSING) != 0;
        return switch (openMode & DosOpen.EXISTS_MASK) {
            case 0 -> {
                // To open for execution, and to say nothing of files that exist or not, is to create one: so Windows
                // does.
                if (!creates && access != DosOpen.ACCESS_EXECUTE) {
                    throw ifNothingIsToDo.exception();
                }
                yield CreateDisposition.CREATE;
            }
            case DosOpen.OPEN_EXISTING -> creates ? CreateDisposition.OPEN_IF : CreateDisposition.OPEN;
            case DosOpen.TRUNCATE_EXISTING -> creates ? CreateDisposition.OVERWRITE_IF : CreateDisposition.OVERWRITE;
            default -> throw NtStatus.OS2_INVALID_ACCESS.exception();
        };
    }

    /** SMB_COM_CREATE and SMB_COM_CREATE_NEW. */
    static Smb1Reply create(Smb1Call call, CreateDisposition disposition) {
        Smb1OpenRequest.Create request = Smb1OpenRequest.Create.decode(call.block(), call.text());
        return create(call, request, Smb1Path.of(request.name()), disposition, null);
    }

    private static Smb1Reply create(
            Smb1Call call,
            Smb1OpenRequest.Create request,
            String path,
            CreateDisposition disposition,
            String temporaryName) {
        Opening.Wish wish = new Opening.Wish(
                path,
                AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_WRITE,
                request.fileAttributes(),
                ShareAccess.READ | ShareAccess.WRITE,
                disposition,
                CreateOptions.NON_DIRECTORY_FILE,
                0,
                List.of(),
                Smb1Oplock.ofDos(call, 0));
        return Opening.open(call, wish, opened -> {
            Smb1Open open = opened.register(call, DosSharing.NONE);
            setLastWrite(opened.resource(), call.time().ofSeconds(request.creationTime()));
            return Smb1Reply.of(new Smb1OpenResponse.Create(open.fid(), temporaryName));
        });
    }

    /** SMB_COM_CREATE_TEMPORARY. */
    static Smb1Reply createTemporary(Smb1Call call) {
        Smb1OpenRequest.Create request = Smb1OpenRequest.Create.decode(call.block(), call.text());
        String name = String.format("TMP%05d", ThreadLocalRandom.current().nextInt(100_000));
        String path = Smb1Path.join(Smb1Path.of(request.name()), name);
        return create(call, request, path, CreateDisposition.CREATE, name);
    }

    /** SMB_COM_CLOSE. */
    static Smb1Reply close(Smb1Call call) {
        Smb1OpenRequest.Close request = Smb1OpenRequest.Close.decode(call.block());
        Smb1Open open = call.find(request.fid());
        close(call, open, request.lastTimeModified());
        return Smb1Reply.DONE;
    }

    /** Closes here, so that an error of a late write reaches the client. */
    static void close(Smb1Call call, Smb1Open open, int lastTimeModified) {
        call.connection().opens().remove(open.fid());
        boolean shared = call.connection().opens().all().stream().anyMatch(other -> other.handle() == open.handle());
        if (shared) {
            return; // another FID of the process stands for it, too
        }
        try {
            if (open.handle().resource() instanceof OpenResource.File file) {
                setLastWrite(file, call.time().ofSeconds(lastTimeModified));
                file.files().close(file.open());
            }
        } finally {
            open.session().close(open.handle());
        }
    }

    /** That a time cannot be set does not make the command fail which it comes along with. */
    static void setLastWrite(OpenResource.File file, long ticks) {
        if (ticks == FileTime.UNCHANGED) {
            return;
        }
        try {
            file.files().setBasic(file.open(), new BasicInformation(0, 0, ticks, 0, 0));
        } catch (SmbException refused) {
            return;
        }
    }

    /** SMB_COM_FLUSH: one file, or all of the process. */
    static Smb1Reply flush(Smb1Call call) {
        int fid = call.block().words(1).u16();
        if (fid != ALL_FIDS) {
            if (call.open(fid).handle().resource() instanceof OpenResource.File file) {
                file.files().flush(file.open());
            }
            return Smb1Reply.DONE;
        }
        for (Smb1Open open : call.connection().opens().all()) {
            if (open.session() == call.session()
                    && open.pid() == call.pid()
                    && open.handle().resource() instanceof OpenResource.File file) {
                file.files().flush(file.open());
            }
        }
        return Smb1Reply.DONE;
    }

    /** SMB_COM_PROCESS_EXIT: closes what the process has opened. */
    static Smb1Reply processExit(Smb1Call call) {
        call.block().words(0);
        int pid = call.pid();
        for (Smb1Open open : List.copyOf(call.connection().opens().all())) {
            if (open.session() == call.session() && open.pid() == pid) {
                close(call, open, 0);
            }
        }
        call.connection().searches().closeWhere(search -> search.session() == call.session() && search.pid() == pid);
        return Smb1Reply.DONE;
    }
}
