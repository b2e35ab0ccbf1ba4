package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.protocol.smb1.Smb1Response;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.vfs.Outcome;

/** What a handler answers to one command. Failures are thrown. */
sealed interface Smb1Reply {
    /**
     * An answer with a body.
     *
     * @param status SUCCESS, or a status that still carries a body
     */
    record Body(NtStatus status, Smb1Response response) implements Smb1Reply {}

    /** An answer without a body; ends a chain. */
    record Failure(NtStatus status) implements Smb1Reply {}

    /** No answer at all. */
    record None() implements Smb1Reply {}

    /**
     * The answer to a transaction, in as many messages as it takes.
     *
     * @param status SUCCESS, or a status that still carries a body
     * @param parameters owned by the answer
     * @param data owned by the answer
     */
    record Transaction(NtStatus status, boolean nt, ByteBuf setup, ByteBuf parameters, ByteBuf data)
            implements Smb1Reply {}

    /** The answer comes later. */
    record Later(Waiting waiting) implements Smb1Reply {}

    /** A request that waits. */
    interface Waiting {
        /** Says who is told the reply, once; called on the completing thread. */
        void onDone(Consumer<Smb1Reply> receiver);

        /**
         * Ends the wait with a status.
         *
         * @return whether this call ended it
         */
        boolean cancel(NtStatus status);
    }

    Logger LOG = LoggerFactory.getLogger(Smb1Reply.class);

    /** Done, nothing to say. */
    Smb1Reply DONE = new Body(NtStatus.SUCCESS, Smb1Response.EMPTY);

    static Smb1Reply of(Smb1Response response) {
        return new Body(NtStatus.SUCCESS, response);
    }

    /** What {@code then} makes of an outcome; waits for it where it must. */
    static <T> Smb1Reply when(Outcome<T> outcome, Function<T, Smb1Reply> then) {
        if (outcome instanceof Outcome.Done<T> done) {
            return then.apply(done.value());
        }
        if (outcome instanceof Outcome.Fail<T> fail) {
            return new Failure(fail.status());
        }
        Outcome.Operation<T> operation = ((Outcome.Wait<T>) outcome).operation();
        return new Later(new Waiting() {
            @Override
            public void onDone(Consumer<Smb1Reply> receiver) {
                operation.onDone(later -> receiver.accept(orFailure(() -> when(later, then))));
            }

            @Override
            public boolean cancel(NtStatus status) {
                return operation.cancel(status);
            }
        });
    }

    /** Behind a wait nobody stands around to turn an exception into a failure. */
    static Smb1Reply orFailure(Supplier<Smb1Reply> reply) {
        try {
            return reply.get();
        } catch (SmbException failed) {
            return new Failure(failed.status());
        } catch (MalformedMessage malformed) {
            return new Failure(Smb1Exchange.statusOf(malformed));
        } catch (RuntimeException unexpected) {
            LOG.error("an SMB1 command failed after it had waited", unexpected);
            return new Failure(NtStatus.INTERNAL_ERROR);
        }
    }

    /** What {@code then} makes of a reply, once there is one. */
    static Smb1Reply after(Smb1Reply first, UnaryOperator<Smb1Reply> then) {
        if (!(first instanceof Later later)) {
            return then.apply(first);
        }
        Waiting waiting = later.waiting();
        return new Later(new Waiting() {
            @Override
            public void onDone(Consumer<Smb1Reply> receiver) {
                waiting.onDone(reply -> receiver.accept(orFailure(() -> after(reply, then))));
            }

            @Override
            public boolean cancel(NtStatus status) {
                return waiting.cancel(status);
            }
        });
    }

    /** Does something with each of some names, up to the first that fails; {@link #DONE} if none does. */
    static Smb1Reply forEach(Iterator<String> names, Function<String, Smb1Reply> work) {
        if (!names.hasNext()) {
            return DONE;
        }
        return after(work.apply(names.next()), reply -> reply instanceof Failure ? reply : forEach(names, work));
    }
}
