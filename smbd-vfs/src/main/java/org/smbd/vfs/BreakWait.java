package org.smbd.vfs;

/** Thrown out of the depth of an open that has to wait for a break, and start again then. */
final class BreakWait extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome.Operation<Void> operation;

    BreakWait(Outcome.Operation<Void> operation) {
        super(null, null, false, false); // the way of an answer, not an error: no trace
        this.operation = operation;
    }

    Outcome.Operation<Void> operation() {
        return operation;
    }
}
