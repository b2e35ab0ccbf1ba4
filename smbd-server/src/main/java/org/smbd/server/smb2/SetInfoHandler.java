package org.smbd.server.smb2;

import java.util.Optional;
import java.util.function.Supplier;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.protocol.fscc.FileInformationClass;
import org.smbd.protocol.fscc.FsInformationClass;
import org.smbd.protocol.fscc.SecurityDescriptorCodec;
import org.smbd.protocol.fscc.SetFileInformation;
import org.smbd.protocol.smb2.InfoType;
import org.smbd.protocol.smb2.SetInfoRequest;
import org.smbd.protocol.smb2.SetInfoResponse;
import org.smbd.protocol.wire.WireReader;
import org.smbd.server.persistent.KeptOpen;
import org.smbd.server.pipe.PipeOpen;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.TreeConnect;
import org.smbd.vfs.BasicInformation;
import org.smbd.vfs.FileOpen;
import org.smbd.vfs.FileService;
import org.smbd.vfs.NameChange;
import org.smbd.vfs.security.DescriptorUpdate;

/** MS-SMB2 3.3.5.21 Receiving an SMB2 SET_INFO Request. */
public final class SetInfoHandler {
    private static final Reply DONE = Reply.success(new SetInfoResponse());

    public Reply handle(RequestContext context, SetInfoRequest request) {
        OpenHandle handle = context.open(request.fileId());
        OpenTarget.requireAtMost(
                request.buffer().readableBytes(), context.connection().maxTransactSizeBytes());
        if (!request.buffer().isReadable()) {
            return Reply.failure(NtStatus.INVALID_PARAMETER);
        }
        return switch (request.infoType()) {
            case InfoType.FILE -> file(handle, request);
            case InfoType.FILESYSTEM -> fileSystem(handle, request);
            case InfoType.SECURITY -> security(handle, request);
            case InfoType.QUOTA -> quota(handle, request);
            default -> Reply.failure(NtStatus.INVALID_PARAMETER);
        };
    }

    /** 3.3.5.21.1 Handling SMB2_0_INFO_FILE. */
    private static Reply file(OpenHandle handle, SetInfoRequest request) {
        FileInformationClass infoClass = FileInformationClass.ofSet(request.fileInfoClass());
        if (handle.resource() instanceof OpenResource.Pipe pipe) {
            return pipe(pipe.pipe(), infoClass, request);
        }
        OpenResource.File file = OpenTarget.file(handle, NtStatus.NOT_SUPPORTED);
        OpenTarget.requireAll(file.open(), infoClass.setAccess());
        SetFileInformation information = SetFileInformation.decode(infoClass, new WireReader(request.buffer()));
        Supplier<Reply> change = () -> {
            apply(handle.tree(), file, infoClass, information);
            handle.kept().ifPresent(kept -> keep(kept, file.open(), information));
            return DONE;
        };
        return nameChange(information)
                .map(names -> AfterBreaks.reply(handle, () -> file.files().prepare(file.open(), names), change))
                .orElseGet(change);
    }

    /** What a persistent open has to know after a restart. */
    private static void keep(KeptOpen kept, FileOpen open, SetFileInformation information) {
        if (information instanceof SetFileInformation.Rename) {
            kept.moved(open.path());
        } else if (information instanceof SetFileInformation.Disposition disposition) {
            kept.setDeletePending(disposition.deletePending());
        }
    }

    /** What others' cached handles are in the way of. */
    private static Optional<NameChange> nameChange(SetFileInformation information) {
        if (information instanceof SetFileInformation.Rename rename) {
            return Optional.of(new NameChange.Rename(path(rename.fileName()), rename.replaceIfExists()));
        }
        if (information instanceof SetFileInformation.Link link) {
            return Optional.of(new NameChange.Link(path(link.fileName()), link.replaceIfExists()));
        }
        return information instanceof SetFileInformation.Disposition disposition && disposition.deletePending()
                ? Optional.of(new NameChange.Delete())
                : Optional.empty();
    }

    private static Reply pipe(PipeOpen pipe, FileInformationClass infoClass, SetInfoRequest request) {
        if (infoClass != FileInformationClass.PIPE) {
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        SetFileInformation information = SetFileInformation.decode(infoClass, new WireReader(request.buffer()));
        SetFileInformation.Pipe modes = (SetFileInformation.Pipe) information;
        pipe.setModes(modes.readMode(), modes.completionMode());
        return DONE;
    }

    /** Does what a request asks for, once its access was checked; that of SMB1 comes here, too. */
    public static void apply(
            TreeConnect tree, OpenResource.File file, FileInformationClass infoClass, SetFileInformation information) {
        FileService files = file.files();
        FileOpen open = file.open();
        switch (infoClass) {
            case BASIC -> files.setBasic(open, basic((SetFileInformation.Basic) information));
            case RENAME -> {
                SetFileInformation.Rename rename = (SetFileInformation.Rename) information;
                files.rename(open, path(rename.fileName()), rename.replaceIfExists());
            }
            case RENAME_EX -> {
                SetFileInformation.Rename rename = (SetFileInformation.Rename) information;
                files.rename(open, path(rename.fileName()), NameInformation.options(rename));
            }
            case LINK -> {
                SetFileInformation.Link link = (SetFileInformation.Link) information;
                requireWritableShare(tree);
                files.link(open, path(link.fileName()), link.replaceIfExists());
            }
            case DISPOSITION ->
                files.setDisposition(open, ((SetFileInformation.Disposition) information).deletePending());
            case DISPOSITION_EX ->
                files.setDisposition(open, NameInformation.disposition((SetFileInformation.Disposition) information));
            case POSITION -> files.setPosition(open, ((SetFileInformation.Position) information).currentByteOffset());
            case MODE -> files.setMode(open, ((SetFileInformation.Mode) information).mode());
            case ALLOCATION ->
                files.setAllocation(open, ((SetFileInformation.Allocation) information).allocationSize());
            case END_OF_FILE -> files.setEndOfFile(open, ((SetFileInformation.EndOfFile) information).endOfFile());
            case VALID_DATA_LENGTH ->
                files.setValidDataLength(open, ((SetFileInformation.ValidDataLength) information).validDataLength());
            case SHORT_NAME -> files.setShortName(open, ((SetFileInformation.ShortName) information).name());
            case FULL_EA ->
                files.setExtendedAttributes(open, EaEntries.of(((SetFileInformation.FullEa) information).entries()));
            default -> throw NtStatus.NOT_SUPPORTED.exception();
        }
    }

    private static BasicInformation basic(SetFileInformation.Basic basic) {
        return new BasicInformation(
                basic.creationTime(),
                basic.lastAccessTime(),
                basic.lastWriteTime(),
                basic.changeTime(),
                basic.attributes());
    }

    /**
     * Paths count from the root of the share; some clients begin them with a backslash. A slash parts names, as in a
     * CREATE: Linux has them in new names on a mount with POSIX extensions.
     */
    private static String path(String fileName) {
        String path = fileName.replace('/', '\\');
        return path.startsWith("\\") ? path.substring(1) : path;
    }

    /** A new name needs no right to the file itself, so that the share's own limit has to be asked for. */
    public static void requireWritableShare(TreeConnect tree) {
        if (!AccessMask.has(tree.maximalAccess(), AccessMask.FILE_ADD_FILE)) {
            throw NtStatus.ACCESS_DENIED.exception();
        }
    }

    /** 3.3.5.21.4 Handling SMB2_0_INFO_QUOTA. */
    private static Reply quota(OpenHandle handle, SetInfoRequest request) {
        requireWritableShare(handle.tree());
        QuotaCommands.set(request, OpenTarget.file(handle, NtStatus.NOT_SUPPORTED));
        return DONE;
    }

    /** 3.3.5.21.2 Handling SMB2_0_INFO_FILESYSTEM: object ids of volumes are not kept. */
    private static Reply fileSystem(OpenHandle handle, SetInfoRequest request) {
        FsInformationClass infoClass = FsInformationClass.ofSet(request.fileInfoClass());
        OpenResource.File file = OpenTarget.file(handle, NtStatus.NOT_SUPPORTED);
        if (infoClass == FsInformationClass.CONTROL) {
            requireWritableShare(handle.tree());
            QuotaCommands.setControl(request, file);
            return DONE;
        }
        OpenTarget.requireAll(file.open(), infoClass.setAccess());
        return Reply.failure(NtStatus.NOT_SUPPORTED);
    }

    /** 3.3.5.21.3 Handling SMB2_0_INFO_SECURITY: others give up the handles that they only cache before. */
    private static Reply security(OpenHandle handle, SetInfoRequest request) {
        OpenResource.File file = OpenTarget.file(handle, NtStatus.NOT_SUPPORTED);
        SecurityDescriptor descriptor = SecurityDescriptorCodec.decode(new WireReader(request.buffer()));
        DescriptorUpdate update = new DescriptorUpdate(request.additionalInformation(), descriptor);
        return AfterBreaks.reply(handle, () -> file.files().prepare(file.open(), new NameChange.Security()), () -> {
            file.files().setSecurity(file.open(), update);
            return DONE;
        });
    }
}
