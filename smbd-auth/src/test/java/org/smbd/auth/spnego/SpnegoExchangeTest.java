package org.smbd.auth.spnego;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smbd.auth.Authenticator;
import org.smbd.auth.TestAccounts;
import org.smbd.auth.account.MapToGuest;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.Mechanism;
import org.smbd.auth.mechanism.Oid;
import org.smbd.auth.ntlm.NtlmClient;
import org.smbd.auth.spnego.NegTokenResp.State;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;

class SpnegoExchangeTest {
    private static final List<Mechanism> NTLM = List.of(TestAccounts.mechanism(false, true, MapToGuest.BAD_USER));

    private final NtlmClient client = new NtlmClient();
    private final AuthExchange exchange = new Authenticator(NTLM).begin();

    static byte[] mechTypes(Oid... mechanisms) {
        DerWriter list = new DerWriter();
        for (Oid mechanism : mechanisms) {
            list.add(DerReader.OBJECT_IDENTIFIER, mechanism.der());
        }
        return DerWriter.value(DerReader.SEQUENCE, list.bytes());
    }

    static byte[] init(byte[] mechTypes, byte[] mechToken) {
        byte[] fields = new DerWriter()
                .add(0xA0, mechTypes)
                .add(0xA2, DerWriter.value(DerReader.OCTET_STRING, mechToken))
                .bytes();
        byte[] framed = new DerWriter()
                .add(DerReader.OBJECT_IDENTIFIER, Oid.SPNEGO.der())
                .add(0xA0, DerWriter.value(DerReader.SEQUENCE, fields))
                .bytes();
        return DerWriter.value(0x60, framed);
    }

    private static byte[] response(byte[] mechToken, Optional<byte[]> mic) {
        return new NegTokenResp(Optional.empty(), Optional.empty(), Optional.of(mechToken), mic).encode();
    }

    private NegTokenResp next(byte[] token) throws MalformedToken {
        AuthStep step = exchange.step(token);
        return NegTokenResp.decode(
                assertInstanceOf(AuthStep.Continue.class, step, step::toString).token(), 16);
    }

    private static AuthStep.Done done(AuthStep step) {
        return assertInstanceOf(AuthStep.Done.class, step, step::toString);
    }

    @Test
    void theOfferIsAHintWithOurMechanisms() throws Exception {
        byte[] offer = new Authenticator(NTLM).initialToken();
        DerReader outer = new DerReader(offer, 16).enter(0x60);
        assertArrayEquals(Oid.SPNEGO.der(), outer.value(DerReader.OBJECT_IDENTIFIER));
        DerReader fields = outer.enter(0xA0).enter(DerReader.SEQUENCE);
        assertArrayEquals(mechTypes(Oid.NTLMSSP), fields.enter(0xA0).whole());
        byte[] hint = fields.enter(0xA3).enter(DerReader.SEQUENCE).enter(0xA0).value(0x1B);
        assertTrue(new String(hint, java.nio.charset.StandardCharsets.US_ASCII).startsWith("not_defined"));
        assertEquals(-1, fields.peekTag());
    }

    /** The reply names the mechanism once, carries no MIC before the end, and a MIC at the end where one came. */
    @Test
    void theFavouriteMechanismIsStartedAtOnceAndMicsAreExchangedAtTheEnd() throws Exception {
        byte[] mechTypes = mechTypes(Oid.NTLMSSP);
        NegTokenResp first = next(init(mechTypes, client.negotiate()));
        assertEquals(Optional.of(State.ACCEPT_INCOMPLETE), first.negState());
        assertEquals(Optional.of(Oid.NTLMSSP), first.supportedMech());
        assertTrue(first.mechListMic().isEmpty());
        byte[] authenticate = client.authenticate(first.responseToken().orElseThrow(), "alice", "Secret");
        AuthStep.Done done = done(exchange.step(response(authenticate, Optional.of(client.mic(mechTypes)))));
        NegTokenResp last = NegTokenResp.decode(done.token(), 16);
        assertEquals(Optional.of(State.ACCEPT_COMPLETED), last.negState());
        assertEquals(Optional.empty(), last.supportedMech());
        assertTrue(last.responseToken().isEmpty());
        assertArrayEquals(
                client.expectedServerMic(mechTypes), last.mechListMic().orElseThrow());
        assertArrayEquals(client.sessionKey, done.sessionKey());
    }

    @Test
    void aClientThatSendsNoMicGetsNone() throws Exception {
        NegTokenResp first = next(init(mechTypes(Oid.NTLMSSP), client.negotiate()));
        byte[] authenticate = client.authenticate(first.responseToken().orElseThrow(), "alice", "Secret");
        NegTokenResp last = NegTokenResp.decode(
                done(exchange.step(response(authenticate, Optional.empty()))).token(), 16);
        assertTrue(last.mechListMic().isEmpty());
    }

    @Test
    void aChangedMechanismListIsNoticed() throws Exception {
        NegTokenResp first = next(init(mechTypes(Oid.NTLMSSP), client.negotiate()));
        byte[] authenticate = client.authenticate(first.responseToken().orElseThrow(), "alice", "Secret");
        byte[] mic = client.mic(mechTypes(Oid.KERBEROS, Oid.NTLMSSP));
        AuthStep step = exchange.step(response(authenticate, Optional.of(mic)));
        assertEquals(
                NtStatus.ACCESS_DENIED,
                assertInstanceOf(AuthStep.Failed.class, step).status());
    }

    @Test
    void theTokenOfAMechanismThatIsNotOursIsPassedOverAndAMicRequested() throws Exception {
        byte[] mechTypes = mechTypes(Oid.KERBEROS, Oid.NTLMSSP);
        NegTokenResp first = next(init(mechTypes, new byte[] {1, 2, 3}));
        assertEquals(Optional.of(State.REQUEST_MIC), first.negState());
        assertEquals(Optional.of(Oid.NTLMSSP), first.supportedMech());
        assertTrue(first.responseToken().isEmpty());
        NegTokenResp second = next(response(client.negotiate(), Optional.empty()));
        assertEquals(Optional.of(State.ACCEPT_INCOMPLETE), second.negState());
        assertEquals(Optional.empty(), second.supportedMech());
        byte[] authenticate = client.authenticate(second.responseToken().orElseThrow(), "alice", "Secret");
        done(exchange.step(response(authenticate, Optional.of(client.mic(mechTypes)))));
    }

    @Test
    void aRequestedMicMustCome() throws Exception {
        next(init(mechTypes(Oid.KERBEROS, Oid.NTLMSSP), new byte[] {1, 2, 3}));
        NegTokenResp second = next(response(client.negotiate(), Optional.empty()));
        byte[] authenticate = client.authenticate(second.responseToken().orElseThrow(), "alice", "Secret");
        AuthStep step = exchange.step(response(authenticate, Optional.empty()));
        assertEquals(
                NtStatus.ACCESS_DENIED,
                assertInstanceOf(AuthStep.Failed.class, step).status());
    }

    /** The guest's key is unknown here, so neither its MIC can be checked nor ours be made. */
    @Test
    void aGuestNeedsNoMic() throws Exception {
        byte[] mechTypes = mechTypes(Oid.NTLMSSP);
        NegTokenResp first = next(init(mechTypes, client.negotiate()));
        byte[] authenticate = client.authenticate(first.responseToken().orElseThrow(), "stranger", "x");
        AuthStep.Done done = done(exchange.step(response(authenticate, Optional.of(client.mic(mechTypes)))));
        assertEquals(SecurityContext.Kind.GUEST, done.context().kind());
        assertTrue(NegTokenResp.decode(done.token(), 16).mechListMic().isEmpty());
    }

    @Test
    void ntlmWithoutSpnegoIsAnsweredWithoutSpnego() throws Exception {
        AuthStep.Continue more = assertInstanceOf(AuthStep.Continue.class, exchange.step(client.negotiate()));
        assertEquals('N', more.token()[0]);
        AuthStep.Done done = done(exchange.step(client.authenticate(more.token(), "alice", "Secret")));
        assertEquals(0, done.token().length);
    }

    @Test
    void aClientWithoutACommonMechanismIsRefused() {
        AuthStep step = exchange.step(init(mechTypes(Oid.KERBEROS), new byte[1]));
        assertEquals(
                NtStatus.LOGON_FAILURE,
                assertInstanceOf(AuthStep.Failed.class, step).status());
        assertInstanceOf(AuthStep.Failed.class, exchange.step(init(mechTypes(Oid.NTLMSSP), client.negotiate())));
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = init(mechTypes(Oid.NTLMSSP), client.negotiate());
        for (int length = 0; length < whole.length; length++) {
            AuthStep step = new Authenticator(NTLM).begin().step(Arrays.copyOf(whole, length));
            assertInstanceOf(AuthStep.Failed.class, step, "length " + length);
        }
    }

    @Test
    void deepNestingAndHugeTokensAreRefused() {
        byte[] nested = new byte[60 * 1024];
        for (int i = 0; i < nested.length; i += 4) {
            int rest = nested.length - i - 4;
            nested[i] = (byte) (i == 0 ? 0x60 : 0x30);
            nested[i + 1] = (byte) 0x82;
            nested[i + 2] = (byte) (rest >> 8);
            nested[i + 3] = (byte) rest;
        }
        assertInstanceOf(AuthStep.Failed.class, exchange.step(nested));
        assertInstanceOf(AuthStep.Failed.class, new Authenticator(NTLM).begin().step(new byte[64 * 1024 + 1]));
    }

    @Test
    void nestingIsBoundedByTheReaderItself() {
        byte[] value = new byte[0];
        for (int i = 0; i < 20; i++) {
            value = DerWriter.value(DerReader.SEQUENCE, value);
        }
        DerReader reader = new DerReader(value, 16);
        MalformedToken refused = assertThrows(MalformedToken.class, () -> {
            DerReader inner = reader;
            while (true) {
                inner = inner.enter(DerReader.SEQUENCE);
            }
        });
        assertTrue(refused.getMessage().contains("nested"));
    }

    @Test
    void lengthsOfEveryFormAreReadWithinBounds() throws Exception {
        for (int size : new int[] {0, 1, 127, 128, 255, 256, 65_535, 65_536}) {
            byte[] content = new byte[size];
            assertArrayEquals(
                    content,
                    new DerReader(DerWriter.value(DerReader.OCTET_STRING, content), 16).value(DerReader.OCTET_STRING));
        }
        for (byte[] bad : List.of(
                new byte[] {4, (byte) 0x80},
                new byte[] {4, (byte) 0x85, 0, 0, 0, 0, 0},
                new byte[] {4, (byte) 0x84, -1, -1, -1, -1},
                new byte[] {4, 1})) {
            assertThrows(MalformedToken.class, () -> new DerReader(bad, 16).value(DerReader.OCTET_STRING));
        }
    }
}
