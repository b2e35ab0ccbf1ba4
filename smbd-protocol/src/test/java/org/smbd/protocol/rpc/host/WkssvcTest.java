package org.smbd.protocol.rpc.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcCaller;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.TestDirectory;

class WkssvcTest {
    private static final HostFacts FACTS = new HostFacts("SRV", "GROUP", 77, List.of("lo"));

    private final RpcCaller byAdministrator = new RpcCaller(new Wkssvc(FACTS, TestDirectory.ADMINISTRATOR));
    private final RpcCaller byUser = new RpcCaller(new Wkssvc(FACTS, TestDirectory.USER));
    private final RpcCaller byNobody = new RpcCaller(new Wkssvc(FACTS, TestDirectory.ANONYMOUS));

    private static void level(NdrWriter in, int level) {
        in.pointer();
        in.wideString("\\\\SRV");
        in.i32(level);
    }

    @Test
    void administratorsSeeAllOfTheHost() {
        NdrReader results = byAdministrator.call(0, in -> level(in, 102));
        assertEquals(102, results.i32());
        assertTrue(results.pointer());
        assertEquals(HostFacts.PLATFORM_ID_NT, results.i32());
        assertTrue(results.pointer()); // computername
        assertTrue(results.pointer()); // langroup
        assertEquals(HostFacts.VERSION_MAJOR, results.i32());
        assertEquals(HostFacts.VERSION_MINOR, results.i32());
        assertTrue(results.pointer()); // lanroot
        assertEquals(0, results.i32()); // logged_on_users
        assertEquals("SRV", results.wideString());
        assertEquals("GROUP", results.wideString());
        assertEquals("", results.wideString());
        assertEquals(Win32Error.SUCCESS, results.i32());
    }

    @ParameterizedTest
    @CsvSource({"102, 5", "502, 124", "1013, 124"})
    void usersSeeLess(int level, int status) {
        NdrReader results = byUser.call(0, in -> level(in, level));
        assertEquals(level, results.i32());
        assertFalse(results.pointer());
        assertEquals(status, results.i32());
    }

    @Test
    void strangersSeeTheNameAlone() {
        NdrReader results = byNobody.call(0, in -> level(in, 101));
        assertEquals(101, results.i32());
        assertFalse(results.pointer());
        assertEquals(Win32Error.ACCESS_DENIED, results.i32());
        assertEquals(100, byNobody.call(0, in -> level(in, 100)).i32());
    }

    @Test
    void aLevelThatThereIsNotHasNoArm() {
        NdrReader results = byUser.call(0, in -> level(in, 7));
        assertEquals(7, results.i32());
        assertEquals(Win32Error.INVALID_LEVEL, results.i32());
    }

    private static void enumeration(NdrWriter in, int level) {
        level(in, level);
        in.i32(level); // switch
        in.pointer();
        in.i32(0); // EntriesRead
        in.nullPointer(); // Buffer
        in.i32(-1); // PreferredMaximumLength
        in.pointer(); // ResumeHandle
        in.i32(0);
    }

    @Test
    void nobodySitsAtAServer() {
        NdrReader results = byAdministrator.call(2, in -> enumeration(in, 1));
        assertEquals(1, results.i32());
        assertEquals(1, results.i32());
        assertTrue(results.pointer());
        assertEquals(0, results.i32()); // EntriesRead
        assertFalse(results.pointer());
        assertEquals(0, results.i32()); // TotalEntries
        assertTrue(results.pointer());
        assertEquals(0, results.i32());
        assertEquals(Win32Error.SUCCESS, results.i32());
    }

    @Test
    void transportsAreNamed() {
        NdrReader results = byUser.call(5, in -> enumeration(in, 0));
        assertEquals(0, results.i32());
        assertEquals(0, results.i32());
        assertTrue(results.pointer());
        assertEquals(1, results.i32()); // EntriesRead
        assertTrue(results.pointer());
        assertEquals(1, results.i32()); // maximum count
        assertEquals(0, results.i32()); // quality_of_service
        assertEquals(0, results.i32()); // number_of_vcs
        assertTrue(results.pointer());
        assertTrue(results.pointer());
        assertEquals(1, results.i32()); // wan_ish
        assertEquals("lo", results.wideString());
        assertEquals("000000000000", results.wideString());
        assertEquals(1, results.i32()); // TotalEntries
    }

    @Test
    void anArrayThatComesInIsRefused() {
        assertSame(RpcFault.BAD_STUB_DATA, byUser.fault(5, in -> {
            level(in, 0);
            in.i32(0);
            in.pointer();
            in.i32(1_000_000);
            in.pointer();
            in.i32(1_000_000);
        }));
    }

    @Test
    void statisticsBeginAtTheStart() {
        NdrReader results = byUser.call(13, in -> {
            in.nullPointer();
            in.nullPointer();
            in.i32(0);
            in.i32(0);
        });
        assertTrue(results.pointer());
        assertEquals(77, results.i64());
    }
}
