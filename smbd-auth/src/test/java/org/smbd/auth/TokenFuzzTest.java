package org.smbd.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.smbd.auth.account.MapToGuest;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.core.type.SecurityContext;

/**
 * No token, at any place of an exchange, gets anything but a step; seeds are below the resources of the same name. With
 * {@code JAZZER_FUZZ=1} it searches for others.
 */
class TokenFuzzTest {
    private static final Authenticator AUTHENTICATOR =
            new Authenticator(List.of(TestAccounts.mechanism(true, true, MapToGuest.NEVER)));

    /** The first byte is the length of the first token in units of four bytes, the second token is the rest. */
    @FuzzTest
    void anyTwoTokensLetNobodyInWithoutAPassword(byte[] data) {
        AuthExchange exchange = AUTHENTICATOR.begin();
        int first = data.length == 0 ? 0 : Math.min((data[0] & 0xFF) * 4, data.length - 1);
        AuthStep step = exchange.step(slice(data, 1, first));
        assertNotUser(step);
        if (step instanceof AuthStep.Continue) {
            assertNotUser(exchange.step(slice(data, 1 + first, data.length - 1 - first)));
        }
    }

    private static byte[] slice(byte[] data, int offset, int length) {
        byte[] slice = new byte[Math.max(0, length)];
        System.arraycopy(data, Math.min(offset, data.length), slice, 0, slice.length);
        return slice;
    }

    private static void assertNotUser(AuthStep step) {
        assertFalse(
                step instanceof AuthStep.Done done && done.context().kind() == SecurityContext.Kind.USER,
                step::toString);
    }
}
