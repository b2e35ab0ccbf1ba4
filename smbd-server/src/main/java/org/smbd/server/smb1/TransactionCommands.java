package org.smbd.server.smb1;

import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb1.Smb1Command;
import org.smbd.protocol.smb1.Smb1TransactionRequest;
import org.smbd.protocol.smb1.Smb1TransactionRequest.Secondary;
import org.smbd.protocol.smb1.Smb1TransactionRequest.Start;

/** Puts transactions together from their messages, and has them done: MS-CIFS 3.3.5.2.5. */
final class TransactionCommands {
    /** What does a whole transaction. */
    interface Performer {
        Smb1Reply perform(Transaction transaction);
    }

    private final Performer transaction;
    private final Performer transaction2;
    private final Performer ntTransact;

    TransactionCommands(Performer transaction, Performer transaction2, Performer ntTransact) {
        this.transaction = transaction;
        this.transaction2 = transaction2;
        this.ntTransact = ntTransact;
    }

    /** The first message; an empty answer asks for those that are still to come. */
    Smb1Reply start(Smb1Call call, Smb1Command command) {
        Start start = switch (command) {
            case NT_TRANSACT -> Start.decodeNt(call.block());
            case TRANSACTION -> Start.decode(call.block(), call.text());
            default -> Start.decode(call.block(), null);
        };
        Smb1Transactions.Begun begun = Smb1Transactions.begin(
                command.code(),
                start,
                call.connection().connection().transport().allocator());
        if (begun.assembly().isComplete()) {
            return perform(call, begun);
        }
        call.connection().transactions().keep(call.header(), begun);
        return Smb1Reply.DONE;
    }

    /** A further message; it is not answered but by the answer of the whole. */
    Smb1Reply secondary(Smb1Call call, Smb1Command first) {
        Smb1Transactions.Begun begun = call.connection().transactions().take(call.header());
        if (begun == null || begun.command() != first.code()) {
            if (begun != null) {
                begun.assembly().release();
            }
            throw NtStatus.INVALID_PARAMETER.exception();
        }
        try {
            begun.assembly()
                    .add(
                            first == Smb1Command.NT_TRANSACT
                                    ? Secondary.decodeNt(call.block())
                                    : Secondary.decode(call.block(), first == Smb1Command.TRANSACTION ? 8 : 9));
        } catch (RuntimeException malformed) {
            begun.assembly().release();
            throw malformed;
        }
        if (begun.assembly().isComplete()) {
            return perform(call, begun);
        }
        call.connection().transactions().keep(call.header(), begun);
        return new Smb1Reply.None();
    }

    private Smb1Reply perform(Smb1Call call, Smb1Transactions.Begun begun) {
        boolean nt = begun.command() == Smb1Command.NT_TRANSACT.code();
        Transaction whole = new Transaction(
                call,
                nt,
                begun.start(),
                begun.setup(),
                begun.assembly().parameters(),
                begun.assembly().data());
        Smb1Reply reply;
        try {
            reply = performer(begun.command()).perform(whole);
        } catch (RuntimeException failed) {
            begun.assembly().release();
            throw failed;
        }
        return Smb1Reply.after(
                reply,
                done -> { // what waits reads on when it goes on
                    begun.assembly().release();
                    return silenced(begun.start()) ? silence(done) : done;
                });
    }

    private Performer performer(int command) {
        if (command == Smb1Command.TRANSACTION.code()) {
            return transaction;
        }
        return command == Smb1Command.TRANSACTION2.code() ? transaction2 : ntTransact;
    }

    private static boolean silenced(Smb1TransactionRequest.Start start) {
        return (start.flags() & Start.NO_RESPONSE) != 0;
    }

    private static Smb1Reply silence(Smb1Reply reply) {
        if (reply instanceof Smb1Reply.Transaction answer) {
            answer.parameters().release();
            answer.data().release();
        }
        return new Smb1Reply.None();
    }
}
