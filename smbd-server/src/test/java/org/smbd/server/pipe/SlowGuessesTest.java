package org.smbd.server.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.auth.FailureThrottle;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.auth.account.FileMemberships;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.ntlm.NtlmResponses;
import org.smbd.core.status.NtStatus;
import org.smbd.server.smb2.Logins;

class SlowGuessesTest {
    @TempDir
    Path directory;

    /** Counts failures as log-ins do; the time stands still. */
    private static final class Counting implements Logins {
        private final FailureThrottle throttle =
                new FailureThrottle(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 3, Duration.ofSeconds(2));

        @Override
        public AuthExchange begin() {
            throw new AssertionError("nobody logs in here");
        }

        @Override
        public AuthStep verify(byte[] challenge, NtlmResponses responses) {
            throw new AssertionError("nobody logs in here");
        }

        @Override
        public Duration failed(String account, InetAddress address) {
            return Duration.ofMillis(throttle.failed(account, address.getHostAddress()));
        }

        @Override
        public boolean isHeldUp(String account, InetAddress address) {
            return throttle.isHeldUp(account, address.getHostAddress());
        }

        @Override
        public void succeeded(String account, InetAddress address) {
            throttle.succeeded(account, address.getHostAddress());
        }
    }

    @Test
    void whoGuessesPasswordsByChangingThemIsRefusedUnseen() throws IOException {
        FileAccountStore accounts = FileAccountStore.open(directory, Clock.systemUTC());
        accounts.add("alice", "Secret1");
        HostAccounts host = new HostAccounts(accounts, "nobody", FileMemberships.open(directory));
        Counting logins = new Counting();
        SlowGuesses guesser = new SlowGuesses(host, logins, InetAddress.getByName("192.0.2.1"));
        List<NtStatus> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(guesser.changePassword("alice", new byte[516], new byte[16]));
        }
        NtStatus wrong = NtStatus.WRONG_PASSWORD;
        NtStatus early = NtStatus.ACCOUNT_LOCKED_OUT;
        assertEquals(List.of(wrong, wrong, wrong, wrong, early, early), answers);
        SlowGuesses other = new SlowGuesses(host, logins, InetAddress.getByName("192.0.2.2"));
        assertEquals(wrong, other.changePassword("alice", new byte[516], new byte[16]));
        assertEquals(wrong, guesser.changePassword("bob", new byte[516], new byte[16]));
        assertEquals(host.accounts(), guesser.accounts());
        assertEquals(host.aliases(), guesser.aliases());
    }
}
