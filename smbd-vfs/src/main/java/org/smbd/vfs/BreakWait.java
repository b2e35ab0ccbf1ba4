package org.smbd.vfs;

/** Thrown out of the depth of what has to wait for a break, and start again then: {@link RetriedAfterBreak}. */
public final class BreakWait extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome.Operation<Void> operation;

    BreakWait(Outcome.Operation<Void> operation) {
        super(null, null, false, false); // the way of an answer, not an error: no trace
        this.operation = operation;
    }

    /** Goes on if a break is over; throws where it has to be waited for. */
    public static void unlessDone(Outcome<Void> breaking) {
        if (breaking instanceof Outcome.Wait<Void> wait) {
            throw new BreakWait(wait.operation());
        }
    }

    Outcome.Operation<Void> operation() {
        return operation;
    }
}
