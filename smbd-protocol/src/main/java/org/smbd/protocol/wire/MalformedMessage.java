package org.smbd.protocol.wire;

import java.util.EnumMap;
import java.util.Map;
import org.smbd.core.status.NtStatus;

/**
 * The peer sent bytes that are not the message they claim to be. Shared and stackless: obtain it from the factories.
 *
 * <p>{@link Scope} says what the receiver does: answers this one message with {@link #status()}, or drops the
 * connection.
 */
public final class MalformedMessage extends RuntimeException {
    /** How far the damage reaches. */
    public enum Scope {
        /** The message is answered with an error; the connection goes on. */
        MESSAGE,
        /** Nothing that follows can be trusted; the connection is closed without an answer. */
        CONNECTION
    }

    private static final Map<NtStatus, MalformedMessage> OF_MESSAGE = new EnumMap<>(NtStatus.class);

    static {
        for (NtStatus status : NtStatus.values()) {
            if (status.code() < 0) { // severity warning or error
                OF_MESSAGE.put(status, new MalformedMessage(Scope.MESSAGE, status));
            }
        }
    }

    @SuppressWarnings("StaticAssignmentOfThrowable") // shared on purpose: stackless and immutable
    private static final MalformedMessage INVALID_PARAMETER = of(NtStatus.INVALID_PARAMETER);

    @SuppressWarnings("StaticAssignmentOfThrowable")
    private static final MalformedMessage CONNECTION =
            new MalformedMessage(Scope.CONNECTION, NtStatus.INVALID_PARAMETER);

    private final Scope scope;
    private final NtStatus status;

    private MalformedMessage(Scope scope, NtStatus status) {
        super(scope + " " + status, null, false, false);
        this.scope = scope;
        this.status = status;
    }

    /** The usual case: this message is answered with INVALID_PARAMETER. */
    public static MalformedMessage invalidParameter() {
        return INVALID_PARAMETER;
    }

    /** The connection cannot go on. */
    public static MalformedMessage connection() {
        return CONNECTION;
    }

    /** This message is answered with a status of its own, which is a warning or an error. */
    public static MalformedMessage of(NtStatus status) {
        return OF_MESSAGE.getOrDefault(status, INVALID_PARAMETER);
    }

    public Scope scope() {
        return scope;
    }

    /** What the client is told when the scope is {@link Scope#MESSAGE}. */
    public NtStatus status() {
        return status;
    }
}
