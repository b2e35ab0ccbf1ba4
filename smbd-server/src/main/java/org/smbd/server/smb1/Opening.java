package org.smbd.server.smb1;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.TreeConnect;
import org.smbd.server.smb2.OpenVersion;
import org.smbd.vfs.FileService;
import org.smbd.vfs.OpenRequest;
import org.smbd.vfs.OpenResult;

/** Opens files for commands: the one place that makes {@link OpenRequest}s. */
final class Opening {
    /** MS-SMB 3.3.5.5: what servers must ignore. */
    private static final int OPTIONS_IGNORED = 0x008E_0480;

    private Opening() {}

    /**
     * What is opened, and how.
     *
     * @param path from {@link Smb1Path#of}
     */
    record Wish(
            String path,
            int desiredAccess,
            int fileAttributes,
            int shareAccess,
            CreateDisposition disposition,
            int createOptions,
            long allocationSize,
            List<ExtendedAttribute> extendedAttributes) {
        /** Opens what is there, with all sharing. */
        static Wish existing(String path, int desiredAccess, int createOptions) {
            return new Wish(
                    path, desiredAccess, 0, ShareAccess.ALL, CreateDisposition.OPEN, createOptions, 0, List.of());
        }
    }

    /** What was opened. */
    record Opened(FileService files, OpenResult result) {
        OpenResource.File resource() {
            return new OpenResource.File(files, result.open());
        }
    }

    /** Opens, and goes on with {@code then} once it is open; that owns what was opened. */
    static Smb1Reply open(Smb1Call call, Wish wish, Function<Opened, Smb1Reply> then) {
        TreeConnect share = call.share();
        FileService current = share.files().orElseThrow(NtStatus.ACCESS_DENIED::exception);
        OpenVersion version = OpenVersion.of(current, wish.path(), 0);
        OpenRequest request = new OpenRequest(
                share.context(),
                version.path(),
                wish.desiredAccess(),
                wish.fileAttributes(),
                wish.shareAccess(),
                wish.disposition(),
                wish.createOptions(),
                wish.allocationSize(),
                share.maximalAccess(),
                Optional.empty(),
                wish.extendedAttributes());
        FileService files = version.files();
        return Smb1Reply.when(files.open(request), result -> then.apply(new Opened(files, result)));
    }

    /** Opens what is there, does something with it, and closes it. */
    static Smb1Reply using(
            Smb1Call call, String path, int desiredAccess, int createOptions, Function<Opened, Smb1Reply> work) {
        return using(call, Wish.existing(path, desiredAccess, createOptions), work);
    }

    /** Opens, does something with it, and closes it. */
    static Smb1Reply using(Smb1Call call, Wish wish, Function<Opened, Smb1Reply> work) {
        return open(call, wish, opened -> {
            try {
                return work.apply(opened);
            } finally {
                opened.files().close(opened.result().open());
            }
        });
    }

    /**
     * Clears what the file service is not to be asked. MS-SMB2 3.3.5.9 says it, MS-CIFS 2.2.4.64.1 has them
     * ignored.
     */
    static int options(int createOptions) {
        return createOptions
                & ~(CreateOptions.COMPLETE_IF_OPLOCKED
                        | CreateOptions.SYNCHRONOUS_IO_ALERT
                        | CreateOptions.SYNCHRONOUS_IO_NONALERT
                        | OPTIONS_IGNORED);
    }
}
