package org.smbd.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.smbd.core.status.NtStatus;

/** Assertions that bytes are refused. */
public final class Malformed {
    private Malformed() {}

    public static void assertInvalidParameter(Executable decode, String what) {
        MalformedMessage refused = assertThrows(MalformedMessage.class, decode, what);
        assertEquals(MalformedMessage.Scope.MESSAGE, refused.scope(), what);
        assertEquals(NtStatus.INVALID_PARAMETER, refused.status(), what);
    }

    public static void assertConnectionLost(Executable decode, String what) {
        MalformedMessage refused = assertThrows(MalformedMessage.class, decode, what);
        assertEquals(MalformedMessage.Scope.CONNECTION, refused.scope(), what);
    }
}
