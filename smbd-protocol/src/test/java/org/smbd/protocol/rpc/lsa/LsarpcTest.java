package org.smbd.protocol.rpc.lsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrReader.StringHeader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcCaller;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.account.PrivilegeName;
import org.smbd.protocol.rpc.account.TestDirectory;

class LsarpcTest {
    private final TestDirectory directory = new TestDirectory();
    private final RpcCaller lsa = new RpcCaller(new Lsarpc(directory, directory, TestDirectory.ADMINISTRATOR));
    private final RpcCaller byUser = new RpcCaller(new Lsarpc(directory, directory, TestDirectory.USER));

    private static ContextHandle policy(RpcCaller caller) {
        return RpcCaller.handle(caller.call(44, in -> {
            in.pointer();
            in.wideString("\\\\SRV");
            in.i32(24); // Length
            in.nullPointer(); // RootDirectory
            in.nullPointer(); // ObjectName
            in.i32(0); // Attributes
            in.nullPointer(); // SecurityDescriptor
            in.pointer(); // SecurityQualityOfService
            in.i32(12);
            in.i16(2);
            in.i8(1);
            in.i8(0);
            in.i32(0x02000000); // DesiredAccess
        }));
    }

    private static void sids(NdrWriter in, ContextHandle policy, List<Sid> sids) {
        in.contextHandle(policy);
        in.i32(sids.size()); // Entries
        in.pointer(); // SidInfo
        in.i32(sids.size()); // maximum count
        sids.forEach(sid -> in.pointer(() -> in.sid(sid)));
        in.deferred();
    }

    private static List<String> domains(NdrReader results) {
        assertTrue(results.pointer());
        int entries = results.i32();
        List<String> names = new ArrayList<>();
        if (results.pointer()) {
            results.i32(); // MaxEntries
            assertEquals(entries, results.i32()); // maximum count
            List<StringHeader> headers = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                headers.add(results.countedStringHeader());
                assertTrue(results.pointer());
            }
            for (StringHeader header : headers) {
                names.add(results.characters(header) + " " + results.sid());
            }
        } else {
            results.i32(); // MaxEntries
        }
        return names;
    }

    @Test
    void sidsGetTheirNamesAndUnknownOnesTheirNumbers() {
        ContextHandle policy = policy(lsa);
        Sid stranger = Sid.of(5, 21, 9, 9, 9, 1000);
        NdrReader results = lsa.call(57, in -> sids(in, policy, List.of(TestDirectory.ALICE, Sid.EVERYONE, stranger)));
        assertEquals(List.of("SRV S-1-5-21-1-2-3", " S-1-1"), domains(results));
        assertEquals(3, results.i32()); // Entries
        assertTrue(results.pointer());
        assertEquals(3, results.i32()); // maximum count
        List<String> seen = new ArrayList<>();
        List<StringHeader> headers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int use = results.i16();
            headers.add(results.countedStringHeader());
            seen.add(use + " " + results.i32());
            assertEquals(0, results.i32()); // Flags
        }
        for (int i = 0; i < 3; i++) {
            seen.set(i, seen.get(i) + " " + results.characters(headers.get(i)));
        }
        assertEquals(List.of("1 0 alice", "5 1 Everyone", "8 -1 " + stranger), seen);
        assertEquals(2, results.i32()); // MappedCount
        assertEquals(NtStatus.SOME_NOT_MAPPED.code(), results.i32());
    }

    @Test
    void whereNothingIsKnownTheStatusSaysSo() {
        ContextHandle policy = policy(lsa);
        NdrReader results = lsa.call(15, in -> sids(in, policy, List.of(Sid.of(9, 9))));
        assertEquals(List.of(), domains(results));
        assertEquals(1, results.i32());
    }

    private static void names(NdrWriter in, ContextHandle policy, String... names) {
        in.contextHandle(policy);
        in.i32(names.length); // Count
        in.i32(names.length); // maximum count
        for (String name : names) {
            in.countedString(name);
        }
        in.deferred();
    }

    @Test
    void namesAreFoundWithTheirDomainAndWithout() {
        ContextHandle policy = policy(lsa);
        NdrReader results = lsa.call(
                68, in -> names(in, policy, "SRV\\bob", "administrators", "alice@srv", "SRV", "nobody", "X\\alice"));
        assertEquals(List.of("SRV S-1-5-21-1-2-3", "BUILTIN S-1-5-32"), domains(results));
        assertEquals(6, results.i32()); // Entries
        assertTrue(results.pointer());
        assertEquals(6, results.i32()); // maximum count
        List<String> uses = new ArrayList<>();
        int present = 0;
        for (int i = 0; i < 6; i++) {
            int use = results.i16();
            present += results.pointer() ? 1 : 0;
            uses.add(use + " " + results.i32());
            results.i32(); // Flags
        }
        assertEquals(List.of("1 0", "4 1", "1 0", "3 0", "8 -1", "8 -1"), uses);
        assertEquals(4, present);
        assertEquals(TestDirectory.BOB, results.sid());
        assertEquals(Sid.BUILTIN_ADMINISTRATORS, results.sid());
        assertEquals(TestDirectory.ALICE, results.sid());
        assertEquals(TestDirectory.MACHINE, results.sid());
        assertEquals(4, results.i32()); // MappedCount
        assertEquals(NtStatus.SOME_NOT_MAPPED.code(), results.i32());
    }

    @Test
    void relativeIdsAreThoseOfTheDomain() {
        ContextHandle policy = policy(lsa);
        NdrReader results = lsa.call(14, in -> names(in, policy, "alice", "BUILTIN"));
        assertEquals(2, domains(results).size());
        assertEquals(2, results.i32());
        assertTrue(results.pointer());
        assertEquals(2, results.i32());
        assertEquals(1, results.i16());
        assertEquals(1000, results.i32());
        assertEquals(0, results.i32());
        assertEquals(3, results.i16());
        assertEquals(-1, results.i32()); // a domain has none
        assertEquals(1, results.i32());
        assertEquals(2, results.i32());
        assertEquals(0, results.i32());
    }

    @Test
    void aCountThatLiesIsAFaultBeforeAnythingIsAllocated() {
        ContextHandle policy = policy(lsa);
        assertSame(RpcFault.BAD_STUB_DATA, lsa.fault(57, in -> {
            in.contextHandle(policy);
            in.i32(0x7FFFFFFF);
            in.pointer();
            in.i32(0x7FFFFFFF);
        }));
        assertSame(RpcFault.BAD_STUB_DATA, lsa.fault(58, in -> {
            in.contextHandle(policy);
            in.i32(LsaLookups.NAMES_MAX + 1);
            in.i32(LsaLookups.NAMES_MAX + 1);
            in.bytes(new byte[16 * LsaLookups.NAMES_MAX]);
        }));
    }

    @Test
    void handlesAreGoodUntilTheyAreClosedAndOnlyForTheirKind() {
        ContextHandle policy = policy(lsa);
        NdrReader closed = lsa.call(0, in -> in.contextHandle(policy));
        assertEquals(ContextHandle.NULL, RpcCaller.handle(closed));
        assertSame(RpcFault.CONTEXT_MISMATCH, lsa.fault(0, in -> in.contextHandle(policy)));
        assertSame(RpcFault.CONTEXT_MISMATCH, lsa.fault(2, in -> in.contextHandle(ContextHandle.NULL)));
        assertSame(RpcFault.CONTEXT_MISMATCH, lsa.fault(18, in -> in.contextHandle(policy(lsa))));
        assertSame(RpcFault.ACCESS_DENIED, lsa.fault(76, in -> {}));
        assertSame(RpcFault.OPERATION_RANGE, lsa.fault(200, in -> {}));
    }

    @Test
    void theAccountDomainIsTheServer() {
        ContextHandle policy = policy(lsa);
        NdrReader results = lsa.call(7, in -> {
            in.contextHandle(policy);
            in.i16(5);
        });
        assertTrue(results.pointer());
        assertEquals(5, results.i16());
        StringHeader header = results.countedStringHeader();
        assertTrue(results.pointer());
        assertEquals("SRV", results.characters(header));
        assertEquals(TestDirectory.MACHINE, results.sid());
        assertEquals(0, results.i32());
    }

    @Test
    void anUnknownLevelIsRefused() {
        ContextHandle policy = policy(lsa);
        NdrReader results = lsa.call(46, in -> {
            in.contextHandle(policy);
            in.i16(99);
        });
        assertFalse(results.pointer());
        assertEquals(NtStatus.INVALID_INFO_CLASS.code(), results.i32());
    }

    @Test
    void theCallerIsTold() {
        NdrReader results = byUser.call(45, in -> {
            in.nullPointer(); // SystemName
            in.nullPointer(); // UserName
            in.pointer(); // DomainName
            in.nullPointer();
        });
        assertTrue(results.pointer());
        assertEquals("bob", results.countedString());
        assertTrue(results.pointer());
        assertTrue(results.pointer());
        assertEquals("SRV", results.countedString());
        assertEquals(0, results.i32());
    }

    @Test
    void privilegesHaveNumbersNamesAndWords() {
        ContextHandle policy = policy(lsa);
        NdrReader value = lsa.call(31, in -> {
            in.contextHandle(policy);
            in.countedString("sebackupprivilege");
            in.deferred();
        });
        assertEquals(17, value.i32());
        assertEquals(0, value.i32());
        assertEquals(0, value.i32());
        NdrReader name = lsa.call(32, in -> {
            in.contextHandle(policy);
            in.i32(9);
            in.i32(0);
        });
        assertTrue(name.pointer());
        assertEquals("SeTakeOwnershipPrivilege", name.countedString());
        NdrReader unknown = lsa.call(32, in -> {
            in.contextHandle(policy);
            in.i32(9);
            in.i32(1);
        });
        assertFalse(unknown.pointer());
        assertEquals(NtStatus.NO_SUCH_PRIVILEGE.code(), unknown.i32());
    }

    private static void rights(NdrWriter in, ContextHandle policy, Sid sid, String right) {
        in.contextHandle(policy);
        in.sid(sid);
        in.i32(1); // Entries
        in.pointer(); // UserRights
        in.i32(1); // maximum count
        in.countedString(right);
        in.deferred();
    }

    @Test
    void administratorsGrantWhatUsersMayNot() {
        ContextHandle policy = policy(lsa);
        assertEquals(
                0,
                lsa.call(37, in -> rights(in, policy, TestDirectory.BOB, "SeRestorePrivilege"))
                        .i32());
        assertEquals(Set.of(PrivilegeName.SE_RESTORE), directory.of(TestDirectory.BOB));
        ContextHandle other = policy(byUser);
        assertEquals(
                NtStatus.ACCESS_DENIED.code(),
                byUser.call(37, in -> rights(in, other, TestDirectory.BOB, "SeBackupPrivilege"))
                        .i32());
        assertEquals(
                NtStatus.NO_SUCH_PRIVILEGE.code(),
                lsa.call(37, in -> rights(in, policy, TestDirectory.BOB, "SeFlyPrivilege"))
                        .i32());
        assertEquals(Set.of(PrivilegeName.SE_RESTORE), directory.of(TestDirectory.BOB));
    }

    @Test
    void anAccountObjectIsThereWhileItHoldsAPrivilege() {
        ContextHandle policy = policy(lsa);
        NdrReader none = lsa.call(17, in -> {
            in.contextHandle(policy);
            in.sid(TestDirectory.BOB);
            in.i32(0x02000000);
        });
        assertEquals(ContextHandle.NULL, none.contextHandle());
        assertEquals(NtStatus.OBJECT_NAME_NOT_FOUND.code(), none.i32());
        ContextHandle account = RpcCaller.handle(lsa.call(10, in -> {
            in.contextHandle(policy);
            in.sid(TestDirectory.BOB);
            in.i32(0x02000000);
        }));
        assertEquals(
                0,
                lsa.call(19, in -> {
                            in.contextHandle(account);
                            in.i32(1); // maximum count
                            in.i32(1); // PrivilegeCount
                            in.i32(0); // Control
                            in.i32(8);
                            in.i32(0);
                            in.i32(0);
                        })
                        .i32());
        assertEquals(List.of(TestDirectory.BOB), directory.holders());
        assertEquals(ContextHandle.NULL, RpcCaller.handle(lsa.call(34, in -> in.contextHandle(account))));
        assertEquals(List.of(), directory.holders());
    }
}
