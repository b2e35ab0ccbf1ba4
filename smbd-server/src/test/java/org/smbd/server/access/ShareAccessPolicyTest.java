package org.smbd.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityContext.Kind;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.Substitution;

/** Who gets in and who may write, for each parameter; every row is a share, a client, and what becomes of it. */
class ShareAccessPolicyTest {
    private static final String WRITE = "write";
    private static final String READ = "read";

    private final Identities identities = new KnownIdentities();

    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # what the share says                                        | who         | from        | outcome
            comment = nothing else                                       | alice       | 10.0.0.1    | read
            available = no                                               | alice       | 10.0.0.1    | available

            read only = no                                               | alice       | 10.0.0.1    | write
            read only = yes                                              | alice       | 10.0.0.1    | read
            writeable = yes                                              | alice       | 10.0.0.1    | write
            writable = no                                                | alice       | 10.0.0.1    | read
            write ok = yes                                               | alice       | 10.0.0.1    | write

            read only = no; valid users = alice                          | alice       | 10.0.0.1    | write
            read only = no; valid users = ALICE                          | alice       | 10.0.0.1    | write
            read only = no; valid users = alice                          | bob         | 10.0.0.1    | valid users
            read only = no; valid users = bob, alice                     | alice       | 10.0.0.1    | write
            read only = no; valid users = "alice"                        | alice       | 10.0.0.1    | write
            read only = no; valid users = @staff                         | alice:staff | 10.0.0.1    | write
            read only = no; valid users = @staff                         | bob         | 10.0.0.1    | valid users
            read only = no; valid users = +staff                         | alice:staff | 10.0.0.1    | write
            read only = no; valid users = +staff                         | bob:wheel   | 10.0.0.1    | valid users
            read only = no; valid users = &staff                         | alice:staff | 10.0.0.1    | valid users
            read only = no; valid users = &+staff                        | alice:staff | 10.0.0.1    | write
            read only = no; valid users = +&staff                        | alice:staff | 10.0.0.1    | write
            read only = no; valid users = staff                          | alice:staff | 10.0.0.1    | write
            read only = no; valid users = ops                            | alice:ops   | 10.0.0.1    | valid users
            read only = no; valid users = @ops                           | alice:ops   | 10.0.0.1    | write
            read only = no; valid users = ops                            | ops         | 10.0.0.1    | write
            read only = no; valid users = %U                             | alice       | 10.0.0.1    | write
            read only = no; valid users = %S                             | alice       | 10.0.0.1    | valid users
            read only = no; valid users = HOST\\alice                    | alice       | 10.0.0.1    | write
            read only = no; valid users = WORKGROUP\\alice               | alice       | 10.0.0.1    | write
            read only = no; valid users = ELSEWHERE\\alice               | alice       | 10.0.0.1    | valid users
            read only = no; valid users = "Unix Group\\staff"            | alice:staff | 10.0.0.1    | write
            read only = no; valid users = @ELSEWHERE\\staff              | alice:staff | 10.0.0.1    | valid users
            read only = no; valid users = S-1-22-1-1001                  | alice       | 10.0.0.1    | write
            read only = no; valid users = S-1-5-11                       | alice       | 10.0.0.1    | write
            read only = no; valid users = S-1-22-1-1001                  | bob         | 10.0.0.1    | valid users
            read only = no; valid users = @                              | alice       | 10.0.0.1    | valid users

            read only = no; invalid users = bob                          | alice       | 10.0.0.1    | write
            read only = no; invalid users = bob                          | bob         | 10.0.0.1    | invalid users
            read only = no; invalid users = @staff                       | alice:staff | 10.0.0.1    | invalid users
            read only = no; invalid users = staff                        | alice:staff | 10.0.0.1    | invalid users
            read only = no; invalid users = ops                          | alice:ops   | 10.0.0.1    | invalid users
            read only = no; invalid users = ELSEWHERE\\bob               | bob         | 10.0.0.1    | invalid users
            invalid users = alice; valid users = alice                   | alice       | 10.0.0.1    | invalid users
            invalid users = @staff; valid users = alice                  | alice:staff | 10.0.0.1    | invalid users
            invalid users = alice; write list = alice                    | alice       | 10.0.0.1    | invalid users

            read only = no; read list = alice                            | alice       | 10.0.0.1    | read
            read only = no; read list = alice                            | bob         | 10.0.0.1    | write
            read only = no; read list = @staff                           | alice:staff | 10.0.0.1    | read
            read only = no; read list = ops                              | alice:ops   | 10.0.0.1    | read
            read only = yes; read list = bob                             | alice       | 10.0.0.1    | read

            read only = yes; write list = alice                          | alice       | 10.0.0.1    | write
            read only = yes; write list = alice                          | bob         | 10.0.0.1    | read
            read only = yes; write list = @staff                         | alice:staff | 10.0.0.1    | write
            read only = yes; write list = +wheel                         | alice:staff | 10.0.0.1    | read
            read only = yes; write list = &staff                         | alice:staff | 10.0.0.1    | read
            read only = yes; write list = ops                            | alice:ops   | 10.0.0.1    | read
            read only = yes; read list = alice; write list = alice       | alice       | 10.0.0.1    | write
            valid users = bob; write list = alice                        | alice       | 10.0.0.1    | valid users

            hosts allow = 10.0.0.                                        | alice       | 10.0.0.1    | read
            hosts allow = 10.0.0.                                        | alice       | 10.0.1.1    | hosts allow
            hosts allow = 10.0.0.0/24                                    | alice       | 10.0.0.1    | read
            hosts allow = 10.0.0.0/24                                    | alice       | 10.0.1.1    | hosts allow
            hosts allow = 10.0.0.0/255.255.255.0                         | alice       | 10.0.0.200  | read
            hosts allow = 10.0.0.0/255.255.255.0                         | alice       | 10.0.2.1    | hosts allow
            hosts allow = 10.0.0.1, 10.0.0.3                             | alice       | 10.0.0.3    | read
            hosts allow = 10. EXCEPT 10.0.0.1                            | alice       | 10.0.0.1    | hosts allow
            hosts allow = 10. EXCEPT 10.0.0.1                            | alice       | 10.0.0.2    | read
            hosts allow = ALL EXCEPT 10. EXCEPT 10.0.0.1                 | alice       | 10.0.0.1    | read
            hosts allow = ALL EXCEPT 10. EXCEPT 10.0.0.1                 | alice       | 10.0.0.2    | hosts allow
            hosts allow = ALL                                            | alice       | fe80::1     | read
            hosts allow = fe80::/10                                      | alice       | fe80::1     | read
            hosts allow = fe80::/10                                      | alice       | fd00::1     | hosts allow
            hosts allow = [fd00::]/8                                     | alice       | fd00::1     | read
            hosts allow = fd00::1                                        | alice       | 10.0.0.1    | hosts allow
            hosts allow = 10.0.0.1                                       | alice       | 127.0.0.1   | read
            hosts allow = fileserver                                     | alice       | 10.0.0.1    | hosts allow
            hosts allow = FAIL                                           | alice       | 10.0.0.1    | hosts allow
            hosts deny = 10.0.0.1                                        | alice       | 10.0.0.1    | hosts allow
            hosts deny = 10.0.0.1                                        | alice       | 10.0.0.2    | read
            hosts deny = ALL                                             | alice       | 10.0.0.2    | hosts allow
            hosts deny = ALL                                             | alice       | 127.0.0.1   | hosts allow
            hosts deny = 127.                                            | alice       | 127.0.0.1   | hosts allow
            hosts deny = ALL; hosts allow = 10.                          | alice       | 10.0.0.2    | read
            hosts deny = 10.; hosts allow = 10.0.0.1                     | alice       | 10.0.0.1    | read
            hosts deny = 10.; hosts allow = 10.0.0.1                     | alice       | 10.0.0.2    | hosts allow
            hosts deny = 10.; hosts allow = 10.0.0.1                     | alice       | 192.168.1.1 | read
            deny hosts = 10.0.0.1                                        | alice       | 10.0.0.1    | hosts allow
            allow hosts = 10.0.0.1                                       | alice       | 10.0.0.1    | read

            guest ok = no                                                | guest       | 10.0.0.1    | guest ok
            guest ok = no                                                | anonymous   | 10.0.0.1    | guest ok
            guest ok = yes                                               | guest       | 10.0.0.1    | read
            public = yes                                                 | guest       | 10.0.0.1    | read
            guest ok = yes                                               | anonymous   | 10.0.0.1    | read
            guest ok = yes; read only = no                               | guest       | 10.0.0.1    | write
            guest ok = yes; read only = no                               | alice       | 10.0.0.1    | write
            guest ok = yes; valid users = alice                          | guest       | 10.0.0.1    | valid users
            guest ok = yes; invalid users = nobody                       | guest       | 10.0.0.1    | invalid users
            guest ok = yes; write list = alice                           | guest       | 10.0.0.1    | read
            guest only = yes                                             | guest       | 10.0.0.1    | guest ok
            guest only = yes; read only = no                             | alice       | 10.0.0.1    | write
            guest ok = yes; guest only = yes; valid users = alice        | alice       | 10.0.0.1    | valid users
            guest ok = yes; only guest = yes; write list = alice         | alice       | 10.0.0.1    | read

            read only = no; force user = bob; valid users = alice        | alice       | 10.0.0.1    | write
            read only = no; force user = bob; valid users = bob          | alice       | 10.0.0.1    | valid users
            read only = no; force user = bob; read list = bob            | alice       | 10.0.0.1    | write
            force user = stranger                                        | alice       | 10.0.0.1    | force user
            force group = strangers                                      | alice       | 10.0.0.1    | force group
            """)
    void theShareDecides(String share, String who, String from, String outcome) {
        ShareAccess access = decide("", share, who, from);

        String came = access instanceof ShareAccess.Granted granted
                ? granted.writable() ? WRITE : READ
                : ((ShareAccess.Denied) access).parameter();
        assertEquals(outcome, came);
    }

    @Test
    void aShareThatIsNotAvailableLooksAsIfThereWereNone() {
        ShareAccess.Denied denied =
                assertInstanceOf(ShareAccess.Denied.class, decide("", "available = no", "alice", "10.0.0.1"));
        assertEquals(NtStatus.BAD_NETWORK_NAME, denied.status());
    }

    @Test
    void whoIsKeptOutIsDeniedAccess() {
        ShareAccess.Denied denied =
                assertInstanceOf(ShareAccess.Denied.class, decide("", "valid users = bob", "alice", "10.0.0.1"));
        assertEquals(NtStatus.ACCESS_DENIED, denied.status());
    }

    @Test
    void hostsInGlobalHoldWhateverTheShareSays() {
        assertInstanceOf(
                ShareAccess.Denied.class,
                decide("hosts allow = 192.168.", "hosts allow = 10.0.0.1", "alice", "10.0.0.1"));
        assertInstanceOf(
                ShareAccess.Denied.class, decide("hosts deny = 10.", "hosts deny = 192.168.", "alice", "10.0.0.1"));
        assertInstanceOf(ShareAccess.Granted.class, decide("hosts allow = 10.", "comment = x", "alice", "10.0.0.1"));
    }

    @Test
    void restrictAnonymousTwoKeepsNullSessionsFromGuestShares() {
        assertInstanceOf(
                ShareAccess.Denied.class, decide("restrict anonymous = 2", "guest ok = yes", "anonymous", "10.0.0.1"));
        assertInstanceOf(
                ShareAccess.Granted.class, decide("restrict anonymous = 2", "guest ok = yes", "guest", "10.0.0.1"));
        assertInstanceOf(
                ShareAccess.Granted.class, decide("restrict anonymous = 1", "guest ok = yes", "anonymous", "10.0.0.1"));
    }

    @Test
    void forceUserActsAsThatUserWithItsGroups() {
        SecurityContext acting = granted("force user = bob", "alice");
        assertEquals("alice", acting.accountName());
        assertEquals(
                new PosixIdentity(1002, 100, new int[] {KnownIdentities.STAFF}),
                acting.posix().orElseThrow());
    }

    @Test
    void forceGroupIsThePrimaryGroup() {
        SecurityContext acting = granted("force group = wheel", "alice");
        assertEquals(KnownIdentities.WHEEL, acting.posix().orElseThrow().gid());
        assertEquals(1001, acting.posix().orElseThrow().uid());
    }

    @Test
    void forceGroupOverridesThePrimaryGroupOfForceUser() {
        SecurityContext acting = granted("force user = bob; force group = wheel", "alice");
        assertEquals(
                new PosixIdentity(1002, KnownIdentities.WHEEL, new int[] {KnownIdentities.STAFF}),
                acting.posix().orElseThrow());
    }

    @Test
    void forceGroupWithPlusConcernsMembersOnly() {
        assertEquals(
                KnownIdentities.STAFF,
                granted("force group = +staff", "alice:staff")
                        .posix()
                        .orElseThrow()
                        .gid());
        assertEquals(
                100,
                granted("force group = +staff", "alice").posix().orElseThrow().gid());
    }

    @Test
    void guestOnlyActsAsTheGuest() {
        SecurityContext acting = granted("guest ok = yes; guest only = yes", "alice");
        assertEquals(Kind.GUEST, acting.kind());
        assertEquals(65534, acting.posix().orElseThrow().uid());
    }

    @Test
    void anonymousActsAsTheGuest() {
        assertEquals("nobody", granted("guest ok = yes", "anonymous").accountName());
    }

    private SecurityContext granted(String share, String who) {
        return assertInstanceOf(ShareAccess.Granted.class, decide("", share, who, "10.0.0.1"))
                .context();
    }

    private ShareAccess decide(String global, String share, String who, String from) {
        ServerConfig config = ServerConfig.builder()
                .text("[global]\nnetbios name = HOST\nworkgroup = WORKGROUP\n" + global + "\n[data]\npath = /srv/data\n"
                        + share.replace("; ", "\n") + "\n")
                .build();
        SecurityContext session = switch (who) {
            case "guest" -> KnownIdentities.unproven(Kind.GUEST);
            case "anonymous" -> KnownIdentities.unproven(Kind.ANONYMOUS);
            default -> {
                String[] parts = who.split(":", -1);
                yield parts.length == 1
                        ? KnownIdentities.session(parts[0])
                        : KnownIdentities.session(parts[0], parts[1]);
            }
        };
        InetAddress peer = address(from);
        Substitution substitution = new Substitution(new Substitution.Context(
                "data",
                session.accountName(),
                Optional.empty(),
                Optional.empty(),
                "client",
                peer,
                address("127.0.0.1"),
                "host",
                config.names(),
                "SMB3_11",
                LocalDateTime.of(2026, 1, 2, 3, 4, 5)));
        return new ShareAccessPolicy(config, identities)
                .decide(config.share("data").orElseThrow(), substitution, session, peer);
    }

    private static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
