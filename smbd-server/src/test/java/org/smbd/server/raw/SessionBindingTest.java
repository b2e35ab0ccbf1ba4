package org.smbd.server.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.smbd.server.raw.RawServer.OTHER;
import static org.smbd.server.raw.RawServer.PASSWORD;
import static org.smbd.server.raw.RawServer.USER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.FileId;
import org.smbd.protocol.smb2.FlushRequest;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.Smb2Command;

/** Who may not bind a session to another connection, and that its owner never notices: MS-SMB2 3.3.5.5. */
class SessionBindingTest {
    private static final List<EncryptionAlgorithm> GCM = List.of(EncryptionAlgorithm.AES_128_GCM);

    @TempDir
    private Path directory;

    private RawServer server;
    private RawClient owner;
    private RawClient stranger;
    private RawSession session;
    private FileId file;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(directory, Map.of("map to guest", "Bad User"), Map.of("guest ok", "yes"));
        owner = server.client();
        stranger = server.client();
    }

    @AfterEach
    void stop() throws IOException {
        owner.close();
        stranger.close();
        server.close();
    }

    private void begin() throws IOException {
        session = owner.logIn(USER, PASSWORD);
        owner.connect(session, "data").expect(NtStatus.SUCCESS);
        file = owner.open(session, "a");
    }

    /** The victim's session, handles and keys are as they were. */
    private void assertUntouched() throws IOException {
        owner.call(session, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.SUCCESS);
        assertEquals(1, server.status().sessions().get(0).channels().size());
    }

    private RawLogin binding() {
        return new RawLogin(stranger, USER, PASSWORD).bind(session);
    }

    @Test
    void notUnsigned() throws IOException {
        owner.negotiate();
        begin();
        stranger.negotiate();
        RawLogin login = binding();
        login.signing = null;
        login.first().expect(NtStatus.INVALID_PARAMETER);
        assertUntouched();
    }

    @Test
    void notSignedWithTheKeyOfAnotherSession() throws IOException {
        owner.negotiate();
        begin();
        RawLogin login = binding();
        login.signing = stranger.negotiate().logIn(USER, PASSWORD);
        login.first().expect(NtStatus.ACCESS_DENIED);
        owner.call(session, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.SUCCESS);
    }

    @Test
    void notBetweenTwoLegsWithAnotherKey() throws IOException {
        owner.negotiate();
        begin();
        stranger.negotiate();
        RawLogin login = binding();
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.signing = stranger.logIn(USER, PASSWORD);
        login.second().expect(NtStatus.ACCESS_DENIED);
        stranger.connect(session, "data").expect(NtStatus.USER_SESSION_DELETED);
        owner.call(session, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.SUCCESS);
    }

    @Test
    void notByAnotherUserAndThenByTheRightOne() throws IOException {
        assumeFalse(USER.equals(OTHER));
        owner.negotiate();
        begin();
        stranger.negotiate();
        RawLogin login = new RawLogin(stranger, OTHER, PASSWORD).bind(session);
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.second().expect(NtStatus.ACCESS_DENIED);
        stranger.connect(session, "data").expect(NtStatus.USER_SESSION_DELETED);
        assertUntouched();
        stranger.bind(session, USER, PASSWORD);
    }

    @Test
    void notWithAWrongPassword() throws IOException {
        owner.negotiate();
        begin();
        stranger.negotiate();
        RawLogin login = new RawLogin(stranger, USER, "wrong").bind(session);
        login.first().expect(NtStatus.MORE_PROCESSING_REQUIRED);
        login.second().expect(NtStatus.LOGON_FAILURE);
        assertUntouched();
    }

    @Test
    void notASessionThatIsNotThere() throws IOException, InterruptedException {
        owner.negotiate();
        begin();
        owner.reset();
        server.await(status -> status.sessions().isEmpty());
        stranger.negotiate();
        binding().first().expect(NtStatus.USER_SESSION_DELETED);
    }

    @Test
    void notASessionThatHasNotLoggedIn() throws IOException {
        owner.negotiate();
        begin();
        RawLogin unfinished = new RawLogin(owner, USER, PASSWORD);
        long id = unfinished
                .first()
                .expect(NtStatus.MORE_PROCESSING_REQUIRED)
                .header()
                .sessionId();
        stranger.negotiate();
        RawLogin login = binding();
        login.sessionId = id;
        login.first().expect(NtStatus.REQUEST_NOT_ACCEPTED);
        unfinished.second().expect(NtStatus.SUCCESS);
    }

    @Test
    void notTheSessionOfAGuest() throws IOException {
        RawSession guest = owner.negotiate().logIn("stranger", "any");
        new RawLogin(stranger.negotiate(), USER, PASSWORD).bind(guest).first().expect(NtStatus.NOT_SUPPORTED);
        owner.connect(guest, "data").expect(NtStatus.SUCCESS);
    }

    @Test
    void notTwiceOnOneConnection() throws IOException {
        owner.negotiate();
        begin();
        RawSession channel = stranger.negotiate().bind(session, USER, PASSWORD);
        binding().first().expect(NtStatus.ACCESS_DENIED); // on a channel its own key goes
        RawLogin again = binding();
        again.signing = channel;
        again.first().expect(NtStatus.REQUEST_NOT_ACCEPTED);
        RawLogin atHome = new RawLogin(owner, USER, PASSWORD).bind(session);
        atHome.first().expect(NtStatus.REQUEST_NOT_ACCEPTED);
        stranger.call(channel, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.SUCCESS);
    }

    @Test
    void notWithoutTheFlag() throws IOException {
        owner.negotiate();
        begin();
        stranger.negotiate();
        new RawLogin(stranger, USER, PASSWORD).renew(session).first().expect(NtStatus.USER_SESSION_DELETED);
        assertUntouched();
    }

    @ParameterizedTest
    @CsvSource({
        "SMB_2_0_2, SMB_2_0_2, REQUEST_NOT_ACCEPTED",
        "SMB_2_1, SMB_2_1, REQUEST_NOT_ACCEPTED",
        "SMB_3_0, SMB_2_1, REQUEST_NOT_ACCEPTED",
        "SMB_2_1, SMB_3_0, INVALID_PARAMETER",
        "SMB_3_0, SMB_3_0_2, INVALID_PARAMETER"
    })
    void notOverAnotherDialect(Dialect ofSession, Dialect ofConnection, NtStatus status) throws IOException {
        owner.negotiate(ofSession);
        begin();
        stranger.negotiate(ofConnection);
        binding().first().expect(status);
        assertUntouched();
    }

    @Test
    void notOverAnotherCipher() throws IOException {
        owner.negotiate(Dialect.SMB_3_1_1, List.of(SigningAlgorithm.AES_CMAC), GCM);
        begin();
        stranger.negotiate(
                Dialect.SMB_3_1_1, List.of(SigningAlgorithm.AES_CMAC), List.of(EncryptionAlgorithm.AES_128_CCM));
        binding().first().expect(NtStatus.INVALID_PARAMETER);
        assertUntouched();
    }

    @ParameterizedTest
    @CsvSource({
        "AES_GMAC, AES_CMAC, REQUEST_OUT_OF_SEQUENCE",
        "AES_GMAC, HMAC_SHA256, REQUEST_OUT_OF_SEQUENCE",
        "AES_CMAC, AES_GMAC, NOT_SUPPORTED",
        "HMAC_SHA256, AES_GMAC, NOT_SUPPORTED"
    })
    void notOverGmacAndSomethingElse(SigningAlgorithm ofSession, SigningAlgorithm ofConnection, NtStatus status)
            throws IOException {
        owner.negotiate(Dialect.SMB_3_1_1, List.of(ofSession), GCM);
        begin();
        stranger.negotiate(Dialect.SMB_3_1_1, List.of(ofConnection), GCM);
        binding().first().expect(status);
        assertUntouched();
    }

    @ParameterizedTest
    @CsvSource({"AES_CMAC, HMAC_SHA256", "HMAC_SHA256, AES_CMAC"})
    void butOverAnotherAlgorithmThatIsNotGmac(SigningAlgorithm ofSession, SigningAlgorithm ofConnection)
            throws IOException {
        owner.negotiate(Dialect.SMB_3_1_1, List.of(ofSession), GCM);
        begin();
        RawSession channel = stranger.negotiate(Dialect.SMB_3_1_1, List.of(ofConnection), GCM)
                .bind(session, USER, PASSWORD);
        stranger.call(channel, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.SUCCESS);
    }

    @Test
    void notificationsArePromisedToNobodySoThatTheyKeepNobodyApart() throws IOException {
        owner.moreCapabilities |= GlobalCapabilities.NOTIFICATIONS;
        owner.negotiate();
        assertEquals(0, owner.negotiated().capabilities() & GlobalCapabilities.NOTIFICATIONS);
        begin();
        RawSession channel = stranger.negotiate().bind(session, USER, PASSWORD);
        stranger.call(channel, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.SUCCESS);
        owner.call(session, Smb2Command.FLUSH, new FlushRequest(file)).expect(NtStatus.SUCCESS);
    }
}
