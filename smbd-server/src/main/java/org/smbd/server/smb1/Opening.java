package org.smbd.server.smb1;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.file.ShareAccess;
import org.smbd.core.status.NtStatus;
import org.smbd.server.conn.Lane;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.TreeConnect;
import org.smbd.server.smb2.OpenVersion;
import org.smbd.vfs.BreakWait;
import org.smbd.vfs.FileService;
import org.smbd.vfs.NameChange;
import org.smbd.vfs.OpenRequest;
import org.smbd.vfs.OpenResult;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.RetriedAfterBreak;

/** Opens files for commands: the one place that makes {@link OpenRequest}s. */
final class Opening {
    /** MS-SMB 3.3.5.5: what servers must ignore. */
    private static final int OPTIONS_IGNORED = 0x008E_0480;

    /** What Windows does not take over SMB1. */
    private static final int OPTIONS_INVALID = 0xFF10_0030;

    /** Together a second, as with Windows. */
    private static final int ATTEMPTS = 5;

    private static final long ATTEMPT_INTERVAL_MILLIS = 200;

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
            List<ExtendedAttribute> extendedAttributes,
            Smb1Oplock oplock) {
        /** Opens what is there, with all sharing. */
        static Wish existing(String path, int desiredAccess, int createOptions) {
            return existing(path, desiredAccess, createOptions, Smb1Oplock.NONE);
        }

        /** The same with more to say of oplocks. */
        static Wish existing(String path, int desiredAccess, int createOptions, Smb1Oplock oplock) {
            return new Wish(
                    path,
                    desiredAccess,
                    0,
                    ShareAccess.ALL,
                    CreateDisposition.OPEN,
                    createOptions,
                    0,
                    List.of(),
                    oplock);
        }
    }

    /**
     * What was opened.
     *
     * @param again null, or the open of the same process that is shared with it
     * @param rights what a shared open gives of those that the open file has
     * @param breaks of its oplock; null where again is set
     */
    record Opened(FileService files, OpenResult result, Smb1Open again, int rights, Smb1Breaks breaks) {
        Opened(FileService files, OpenResult result, Smb1Breaks breaks) {
            this(files, result, null, -1, breaks);
        }

        /** Gives it a FID. */
        Smb1Open register(Smb1Call call, DosSharing dosMode) {
            if (again != null) {
                return call.openedAgain(again, rights);
            }
            Smb1Open open = call.opened(resource(), dosMode, breaks);
            breaks.registered(open);
            call.onSent(result.open().caching()::answered); // before, its client would not know what breaks
            return open;
        }

        OpenResource.File resource() {
            return new OpenResource.File(files, result.open());
        }
    }

    /** Opens, and goes on with {@code then} once it is open; that owns what was opened. */
    static Smb1Reply open(Smb1Call call, Wish wish, Function<Opened, Smb1Reply> then) {
        TreeConnect share = call.share();
        FileService current = share.files().orElseThrow(NtStatus.ACCESS_DENIED::exception);
        OpenVersion version = OpenVersion.of(current, wish.path(), 0);
        Smb1Breaks breaks = new Smb1Breaks(call);
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
                wish.extendedAttributes(),
                breaks.request(wish.oplock()),
                Optional.empty());
        FileService files = version.files();
        return Smb1Reply.when(files.open(request), result -> then.apply(new Opened(files, result, breaks)));
    }

    /**
     * Opens as {@link #open} does, and where others do not share, tries for a while: MS-CIFS 3.3.5.51 leaves it to the
     * server, Windows does so.
     *
     * @param otherwise what to do where others do not share; empty: to wait for them
     */
    static Smb1Reply patiently(
            Smb1Call call, Wish wish, Supplier<Optional<Smb1Reply>> otherwise, Function<Opened, Smb1Reply> then) {
        return attempt(call, wish, otherwise, then, ATTEMPTS);
    }

    private static Smb1Reply attempt(
            Smb1Call call,
            Wish wish,
            Supplier<Optional<Smb1Reply>> otherwise,
            Function<Opened, Smb1Reply> then,
            int attemptsLeft) {
        return Smb1Reply.after(open(call, wish, then), reply -> {
            if (!(reply instanceof Smb1Reply.Failure failure) || failure.status() != NtStatus.SHARING_VIOLATION) {
                return reply;
            }
            Optional<Smb1Reply> other = otherwise.get();
            if (other.isPresent() || attemptsLeft == 0) {
                return other.orElse(reply);
            }
            return new Smb1Reply.Later(new Retry(call, () -> attempt(call, wish, otherwise, then, attemptsLeft - 1)));
        });
    }

    /** One more attempt, a little later, in the lane of the connection. */
    private static final class Retry implements Smb1Reply.Waiting {
        private final Smb1Call call;
        private final Supplier<Smb1Reply> attempt;
        private final AtomicReference<NtStatus> cancelled = new AtomicReference<>();

        Retry(Smb1Call call, Supplier<Smb1Reply> attempt) {
            this.call = call;
            this.attempt = attempt;
        }

        @Override
        public void onDone(Consumer<Smb1Reply> receiver) {
            Smb1Connection connection = call.connection();
            connection
                    .dispatcher()
                    .timer()
                    .schedule(
                            () -> connection.connection().lane().execute(() -> {
                                receiver.accept(reply());
                                return Lane.NOTHING;
                            }),
                            ATTEMPT_INTERVAL_MILLIS,
                            TimeUnit.MILLISECONDS);
        }

        private Smb1Reply reply() {
            NtStatus status = cancelled.get();
            return status == null ? Smb1Reply.orFailure(attempt) : new Smb1Reply.Failure(status);
        }

        @Override
        public boolean cancel(NtStatus status) {
            return cancelled.compareAndSet(null, status);
        }
    }

    /** Opens what is there, does something with it, and closes it. */
    static Smb1Reply using(
            Smb1Call call, String path, int desiredAccess, int createOptions, Function<Opened, Smb1Reply> work) {
        return using(call, Wish.existing(path, desiredAccess, createOptions), work);
    }

    /** Opens, does something with it, and closes it. */
    static Smb1Reply using(Smb1Call call, Wish wish, Function<Opened, Smb1Reply> work) {
        return open(call, wish, opened -> {
            Smb1Reply reply;
            try {
                reply = work.apply(opened);
            } catch (RuntimeException failed) {
                opened.files().close(opened.result().open());
                throw failed;
            }
            return Smb1Reply.after(reply, done -> {
                opened.files().close(opened.result().open());
                return done;
            });
        });
    }

    /**
     * Changes a name, or takes it away, once others have given up the handles that they only cache. It holds on to its
     * open: a close comes behind it.
     *
     * @param handle of {@code file}, where it has one
     */
    static Smb1Reply change(
            Optional<OpenHandle> handle, OpenResource.File file, NameChange change, Supplier<Smb1Reply> work) {
        if (handle.isPresent() && !handle.get().acquire()) {
            throw NtStatus.INVALID_HANDLE.exception();
        }
        Smb1Reply reply = Smb1Reply.orFailure(() -> Smb1Reply.when(
                RetriedAfterBreak.of(
                        () -> {
                            BreakWait.unlessDone(file.files().prepare(file.open(), change));
                            return new Outcome.Done<>(work.get());
                        },
                        made -> {}), // what was made while the request was cancelled stays made
                made -> made));
        return Smb1Reply.after(reply, done -> {
            handle.ifPresent(OpenHandle::release);
            return done;
        });
    }

    /**
     * As {@link #options}, of a client's message.
     *
     * @throws org.smbd.core.status.SmbException INVALID_PARAMETER where there is one that is for local use
     */
    static int checkedOptions(int createOptions) {
        if ((createOptions & OPTIONS_INVALID) != 0) {
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        return options(createOptions);
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
