package org.smbd.auth.ntlm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.junit.jupiter.api.Test;
import org.smbd.auth.TestAccounts;
import org.smbd.auth.account.MapToGuest;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.MechanismExchange;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.Sid;

class NtlmExchangeTest {
    private static final NtlmMechanism STRICT = TestAccounts.mechanism(false, true, MapToGuest.NEVER);
    private static final NtlmMechanism WITH_V1 = TestAccounts.mechanism(true, true, MapToGuest.NEVER);

    private final NtlmClient client = new NtlmClient();

    private static byte[] challenge(MechanismExchange exchange, byte[] negotiate) {
        return assertInstanceOf(AuthStep.Continue.class, exchange.step(negotiate))
                .token();
    }

    private AuthStep login(NtlmMechanism mechanism, String user, String password) throws Exception {
        MechanismExchange exchange = mechanism.begin();
        byte[] challenge = challenge(exchange, client.negotiate());
        return exchange.step(client.authenticate(challenge, user, password));
    }

    private AuthStep loginV1(NtlmMechanism mechanism) {
        MechanismExchange exchange = mechanism.begin();
        byte[] challenge = challenge(exchange, client.negotiate());
        return exchange.step(client.authenticateV1(challenge, "alice", "Secret"));
    }

    private static AuthStep.Done done(AuthStep step) {
        return assertInstanceOf(AuthStep.Done.class, step, step::toString);
    }

    private static void assertFails(NtStatus status, AuthStep step) {
        assertEquals(status, assertInstanceOf(AuthStep.Failed.class, step).status(), step::toString);
    }

    @Test
    void theRightPasswordIsLetInWithTheClientsKey() throws Exception {
        AuthStep.Done done = done(login(STRICT, "ALICE", "Secret"));
        assertArrayEquals(client.sessionKey, done.sessionKey());
        SecurityContext context = done.context();
        assertEquals("Alice", context.accountName());
        assertEquals(SecurityContext.Kind.USER, context.kind());
        assertEquals(TestAccounts.MACHINE.child(1000), context.userSid());
        assertEquals(1001, context.posix().orElseThrow().uid());
        assertEquals(Set.of("sudo", "alice"), context.groupNames());
        assertEquals(
                Set.of(
                        Sid.EVERYONE,
                        Sid.NETWORK,
                        Sid.AUTHENTICATED_USERS,
                        Sid.BUILTIN_USERS,
                        TestAccounts.MACHINE.child(513),
                        Sid.unixUser(1001),
                        Sid.unixGroup(27),
                        Sid.unixGroup(1001)),
                context.groupSids());
        assertFalse(done.toString().contains(HexFormat.of().formatHex(done.sessionKey())));
    }

    @Test
    void withoutKeyExchangeTheSessionBaseKeyIsTheKey() throws Exception {
        client.flags &= ~NtlmFlags.KEY_EXCH;
        AuthStep.Done done = done(login(STRICT, "alice", "Secret"));
        assertArrayEquals(client.sessionKey, done.sessionKey());
    }

    @Test
    void aWrongPasswordAndAnUnknownNameLookAlike() throws Exception {
        assertFails(NtStatus.LOGON_FAILURE, login(STRICT, "alice", "secret"));
        assertFails(NtStatus.LOGON_FAILURE, login(STRICT, "mallory", "Secret"));
        assertFails(NtStatus.LOGON_FAILURE, login(STRICT, "gone", "wrong"));
    }

    @Test
    void aDisabledAccountIsTold() throws Exception {
        assertFails(NtStatus.ACCOUNT_DISABLED, login(STRICT, "gone", "Secret"));
    }

    @Test
    void aWrongMicIsRefused() throws Exception {
        client.spoilsMic = true;
        assertFails(NtStatus.INVALID_PARAMETER, login(STRICT, "alice", "Secret"));
    }

    @Test
    void aDroppedMicIsNoticed() throws Exception {
        client.sendsMic = false;
        client.changedPairs.put(AvPairs.FLAGS, new byte[] {AvPairs.FLAG_MIC, 0, 0, 0});
        assertFails(NtStatus.INVALID_PARAMETER, login(STRICT, "alice", "Secret"));
    }

    @Test
    void aClientWithoutMicIsLetIn() throws Exception {
        client.sendsMic = false;
        done(login(STRICT, "alice", "Secret"));
    }

    @Test
    void aLoginMeantForAnotherServerIsRefused() throws Exception {
        client.changedPairs.put(AvPairs.NB_COMPUTER_NAME, "OTHER".getBytes(StandardCharsets.UTF_16LE));
        assertFails(NtStatus.LOGON_FAILURE, login(STRICT, "alice", "Secret"));
    }

    @Test
    void aLoginBoundToAnotherChannelIsRefused() throws Exception {
        client.changedPairs.put(AvPairs.CHANNEL_BINDINGS, new byte[16]);
        done(login(STRICT, "alice", "Secret"));
        byte[] hash = new byte[16];
        hash[3] = 1;
        client.changedPairs.put(AvPairs.CHANNEL_BINDINGS, hash);
        assertFails(NtStatus.LOGON_FAILURE, login(STRICT, "alice", "Secret"));
    }

    @Test
    void anAnswerToAnotherChallengeIsRefused() throws Exception {
        byte[] old = challenge(STRICT.begin(), client.negotiate());
        MechanismExchange exchange = STRICT.begin();
        challenge(exchange, client.negotiate());
        assertFails(NtStatus.LOGON_FAILURE, exchange.step(client.authenticate(old, "alice", "Secret")));
    }

    @Test
    void challengesDoNotRepeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] challenge = challenge(STRICT.begin(), client.negotiate());
            assertTrue(seen.add(HexFormat.of().formatHex(challenge, 24, 32)));
        }
    }

    @Test
    void ntlmV1IsRefusedUnlessPermitted() {
        assertFails(NtStatus.LOGON_FAILURE, loginV1(STRICT));
        assertArrayEquals(done(loginV1(WITH_V1)).sessionKey(), client.sessionKey);
    }

    /** A client without LM response, as ntlm auth = ntlmv1-permitted meets it. */
    @Test
    void ntlmV1NeedsNoLmResponse() {
        client.flags &= ~NtlmFlags.EXTENDED_SESSIONSECURITY;
        client.lmResponse = new byte[0];
        assertEquals("NTLMv1", done(loginV1(WITH_V1)).mechanism());
    }

    @Test
    void aNullSessionIsAnonymousWhereItIsPermitted() {
        MechanismExchange exchange = STRICT.begin();
        byte[] token = client.anonymous(challenge(exchange, client.negotiate()));
        AuthStep.Done done = done(exchange.step(token));
        assertEquals(SecurityContext.Kind.ANONYMOUS, done.context().kind());
        assertEquals(Sid.ANONYMOUS, done.context().userSid());
        assertEquals(65534, done.context().posix().orElseThrow().uid());

        MechanismExchange closed =
                TestAccounts.mechanism(false, false, MapToGuest.NEVER).begin();
        byte[] again = client.anonymous(challenge(closed, client.negotiate()));
        assertFails(NtStatus.ACCESS_DENIED, closed.step(again));
    }

    @Test
    void guestsAreMadeAsConfigured() throws Exception {
        NtlmMechanism badUser = TestAccounts.mechanism(false, true, MapToGuest.BAD_USER);
        NtlmMechanism badPassword = TestAccounts.mechanism(false, true, MapToGuest.BAD_PASSWORD);
        AuthStep.Done guest = done(login(badUser, "mallory", "x"));
        assertEquals(SecurityContext.Kind.GUEST, guest.context().kind());
        assertEquals("nobody", guest.context().accountName());
        assertFails(NtStatus.LOGON_FAILURE, login(badUser, "alice", "wrong"));
        assertEquals(
                SecurityContext.Kind.GUEST,
                done(login(badPassword, "alice", "wrong")).context().kind());
        assertEquals(
                SecurityContext.Kind.USER,
                done(login(badPassword, "alice", "Secret")).context().kind());
        assertEquals(
                SecurityContext.Kind.USER,
                done(login(badUser, "nounix", "Secret")).context().kind());
        assertFails(NtStatus.ACCOUNT_DISABLED, login(badPassword, "gone", "Secret"));
    }

    @Test
    void messagesOutOfOrderEndTheExchange() throws Exception {
        assertFails(NtStatus.INVALID_PARAMETER, STRICT.begin().step(NtlmMessagesTest.AUTHENTICATE));
        MechanismExchange exchange = STRICT.begin();
        challenge(exchange, client.negotiate());
        assertFails(NtStatus.INVALID_PARAMETER, exchange.step(client.negotiate()));
        assertFails(NtStatus.INVALID_PARAMETER, exchange.step(client.negotiate()));
    }

    @Test
    void everyTruncatedResponseIsRefused() throws Exception {
        byte[] any = challenge(STRICT.begin(), client.negotiate());
        int size = client.authenticate(any, "alice", "Secret").length;
        for (int length = 0; length < size; length++) {
            MechanismExchange exchange = STRICT.begin();
            byte[] challenge = challenge(exchange, client.negotiate());
            byte[] cut = Arrays.copyOf(client.authenticate(challenge, "alice", "Secret"), length);
            assertInstanceOf(AuthStep.Failed.class, exchange.step(cut), "length " + length);
        }
    }

    /** An implementation that shares nothing with ours. */
    @Test
    void theJdksOwnClientLogsIn() throws Exception {
        SaslClient jdk = Sasl.createSaslClient(
                new String[] {"NTLM"},
                null,
                "smb",
                "server",
                Map.of("com.sun.security.sasl.ntlm.version", "NTLMv2"),
                callbacks -> {
                    for (Callback callback : callbacks) {
                        if (callback instanceof NameCallback name) {
                            name.setName("alice");
                        } else if (callback instanceof PasswordCallback password) {
                            password.setPassword("Secret".toCharArray());
                        } else if (callback instanceof RealmCallback realm) {
                            realm.setText("WORK");
                        }
                    }
                });
        MechanismExchange exchange = STRICT.begin();
        byte[] challenge = challenge(exchange, jdk.evaluateChallenge(new byte[0]));
        assertEquals(
                "NTLMv2", done(exchange.step(jdk.evaluateChallenge(challenge))).mechanism());
    }
}
