package org.smbd.protocol.rpc.srvsvc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcCaller;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.account.TestDirectory;

/** Who uses the server, and how that is ended. */
class UsageTest {
    private static final ShareDirectory SHARES = new ShareDirectory() {
        @Override
        public String serverName() {
            return "SRV";
        }

        @Override
        public String serverComment() {
            return "a server";
        }

        @Override
        public List<ShareEntry> listed() {
            return List.of();
        }

        @Override
        public Optional<ShareEntry> find(String name) {
            return name.equals("ab")
                    ? Optional.of(new ShareEntry("ab", ShareEntry.STYPE_DISKTREE, "", "", -1, 0, 0))
                    : Optional.empty();
        }
    };

    private final TestUsage usage = new TestUsage();
    private final RpcCaller byAdministrator = caller(TestDirectory.ADMINISTRATOR);
    private final RpcCaller byUser = caller(TestDirectory.USER);

    private RpcCaller caller(ClientIdentity identity) {
        return new RpcCaller(new Srvsvc(SHARES, usage, identity, Clock.systemUTC()));
    }

    private static void text(NdrWriter in, String text) {
        if (text.isEmpty()) {
            in.nullPointer();
        } else {
            in.pointer();
            in.wideString(text);
        }
    }

    private static void container(NdrWriter in, int level, int bytesMax) {
        in.i32(level);
        in.i32(level); // switch
        in.pointer();
        in.i32(0); // EntriesRead
        in.nullPointer(); // Buffer
        in.i32(bytesMax); // PreferedMaximumLength
        in.nullPointer(); // ResumeHandle
    }

    private static int entries(NdrReader results, int level) {
        assertEquals(level, results.i32());
        assertEquals(level, results.i32());
        assertTrue(results.pointer());
        int count = results.i32();
        if (results.pointer()) {
            assertEquals(count, results.i32()); // maximum count
        }
        return count;
    }

    private static void end(NdrReader results, int total, int status) {
        assertEquals(total, results.i32());
        assertFalse(results.pointer()); // ResumeHandle
        assertEquals(status, results.i32());
    }

    private static NdrReader sessions(RpcCaller caller, String client, String user, int level) {
        return caller.call(12, in -> {
            in.nullPointer();
            text(in, client);
            text(in, user);
            container(in, level, -1);
        });
    }

    @Test
    void sessionsAreToldWithTheirTimes() {
        NdrReader results = sessions(byAdministrator, "", "", 2);
        assertEquals(2, entries(results, 2));
        for (int i = 1; i <= 2; i++) {
            assertTrue(results.pointer()); // cname
            assertTrue(results.pointer()); // username
            assertEquals(i, results.i32()); // num_opens
            assertEquals(100 * i, results.i32()); // time
            assertEquals(10 * i, results.i32()); // idle_time
            assertEquals(i - 1, results.i32()); // user_flags: SESS_GUEST
            assertTrue(results.pointer()); // cltype_name
        }
        assertEquals("\\\\10.0.0.1", results.wideString());
        assertEquals("alice", results.wideString());
        assertEquals("SMB 3.1.1", results.wideString());
        assertEquals("\\\\10.0.0.2", results.wideString());
        assertEquals("nobody", results.wideString());
        assertEquals("NT1", results.wideString());
        end(results, 2, Win32Error.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({"\\\\10.0.0.1, '', 1", "'', ALICE, 1", "10.0.0.2, alice, 0", "'', '', 2"})
    void sessionsAreChosen(String client, String user, int count) {
        assertEquals(count, entries(sessions(byAdministrator, client, user, 0), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 502})
    void usersDoNotSeeSessions(int level) {
        NdrReader results = sessions(byUser, "", "", level);
        assertEquals(0, entries(results, level));
        end(results, 0, Win32Error.ACCESS_DENIED);
    }

    @Test
    void aLevelThatThereIsNotHasNoArm() {
        NdrReader results = byAdministrator.callWhole(12, in -> {
            in.nullPointer();
            in.nullPointer();
            in.nullPointer();
            in.i32(3);
            in.i32(3);
            in.i32(-1);
            in.nullPointer();
        });
        assertEquals(3, results.i32());
        assertEquals(3, results.i32());
        end(results, 0, Win32Error.INVALID_LEVEL);
    }

    @ParameterizedTest
    @CsvSource({"AB, 1", "\\\\10.0.0.2, 2", "none, 0"})
    void connectionsAreThoseOfAShareOrOfAClient(String qualifier, int id) {
        NdrReader results = byAdministrator.call(8, in -> {
            in.nullPointer();
            text(in, qualifier);
            container(in, 0, -1);
        });
        assertEquals(id == 0 ? 0 : 1, entries(results, 0));
        if (id != 0) {
            assertEquals(id, results.i32());
        }
        end(results, id == 0 ? 0 : 1, Win32Error.SUCCESS);
    }

    private static void files(NdrWriter in, String base, String user, int bytesMax) {
        in.nullPointer();
        text(in, base);
        text(in, user);
        container(in, 3, bytesMax);
    }

    @Test
    void opensAreToldWithTheirPaths() {
        NdrReader results = byAdministrator.call(9, in -> files(in, "ab", "", -1));
        assertEquals(1, entries(results, 3));
        assertEquals(7, results.i32());
        assertEquals(3, results.i32()); // permissions
        assertEquals(4, results.i32()); // num_locks
        assertTrue(results.pointer());
        assertTrue(results.pointer());
        assertEquals("ab\\x", results.wideString());
        assertEquals("alice", results.wideString());
        end(results, 1, Win32Error.SUCCESS);
    }

    @Test
    void aSmallBufferTakesOneAtATime() {
        NdrReader results = byAdministrator.call(9, in -> files(in, "", "", 1));
        assertEquals(1, entries(results, 3));
        for (int i = 0; i < 5; i++) {
            results.i32();
        }
        results.wideString();
        results.wideString();
        end(results, 2, Win32Error.MORE_DATA);
    }

    @Test
    void oneOpenIsToldByItsId() {
        NdrReader results = byAdministrator.call(10, in -> {
            in.nullPointer();
            in.i32(8);
            in.i32(2);
        });
        assertEquals(2, results.i32());
        assertTrue(results.pointer());
        assertEquals(8, results.i32());
        assertEquals(Win32Error.SUCCESS, results.i32());
    }

    @ParameterizedTest
    @CsvSource({"7, 0", "9, 2314"})
    void anAdministratorClosesAnOpen(int id, int status) {
        assertEquals(
                status,
                byAdministrator
                        .call(11, in -> {
                            in.nullPointer();
                            in.i32(id);
                        })
                        .i32());
        assertEquals(List.of("file " + id), usage.closed());
    }

    @ParameterizedTest
    @CsvSource({"\\\\10.0.0.1, '', 0", "10.0.0.9, '', 2312", "'', alice, 0", "'', '', 87"})
    void anAdministratorEndsSessions(String client, String user, int status) {
        assertEquals(
                status,
                byAdministrator
                        .call(13, in -> {
                            in.nullPointer();
                            text(in, client);
                            text(in, user);
                        })
                        .i32());
        assertEquals(status == 87 ? 0 : 1, usage.closed().size());
    }

    @Test
    void usersEndNothing() {
        assertEquals(
                Win32Error.ACCESS_DENIED,
                byUser.call(13, in -> {
                            in.nullPointer();
                            text(in, "10.0.0.1");
                            in.nullPointer();
                        })
                        .i32());
        assertEquals(
                Win32Error.ACCESS_DENIED,
                byUser.call(11, in -> {
                            in.nullPointer();
                            in.i32(7);
                        })
                        .i32());
        assertEquals(List.of(), usage.closed());
    }

    private static void disks(NdrWriter in, int level) {
        in.nullPointer();
        in.i32(level);
        in.i32(0); // EntriesRead
        in.nullPointer(); // Buffer
        in.i32(-1);
        in.nullPointer();
    }

    @Test
    void thereIsOneDisk() {
        NdrReader results = byAdministrator.call(23, in -> disks(in, 0));
        assertEquals(1, results.i32()); // EntriesRead
        assertTrue(results.pointer());
        assertEquals(1, results.i32()); // maximum count
        assertEquals(0, results.i32()); // offset
        assertEquals(1, results.i32()); // actual count
        assertEquals(0, results.i32()); // offset
        assertEquals(3, results.i32()); // actual count
        assertEquals('C', results.i16());
        assertEquals(':', results.i16());
        assertEquals(0, results.i16());
        end(results, 1, Win32Error.SUCCESS);
    }

    @Test
    void diskCountsThatLieAreRefused() {
        assertSame(RpcFault.BAD_STUB_DATA, byAdministrator.fault(23, in -> {
            in.nullPointer();
            in.i32(0);
            in.i32(0);
            in.pointer();
            in.i32(Integer.MAX_VALUE);
            in.i32(0);
            in.i32(Integer.MAX_VALUE);
        }));
    }

    @Test
    void administratorsSeeMoreOfTheServer() {
        NdrReader results = byAdministrator.call(21, in -> {
            in.nullPointer();
            in.i32(102);
        });
        assertEquals(102, results.i32());
        assertTrue(results.pointer());
        NdrReader refused = byUser.call(21, in -> {
            in.nullPointer();
            in.i32(102);
        });
        assertEquals(102, refused.i32());
        assertFalse(refused.pointer());
        assertEquals(Win32Error.ACCESS_DENIED, refused.i32());
    }

    @ParameterizedTest
    @CsvSource({"ab, 5", "none, 2310"})
    void noClientDeletesAShare(String name, int status) {
        assertEquals(
                status,
                byAdministrator
                        .call(18, in -> {
                            in.nullPointer();
                            in.wideString(name);
                            in.i32(0);
                        })
                        .i32());
    }
}
