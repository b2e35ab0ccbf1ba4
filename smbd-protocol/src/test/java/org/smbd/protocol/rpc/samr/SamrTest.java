package org.smbd.protocol.rpc.samr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrReader.StringHeader;
import org.smbd.protocol.rpc.RpcCaller;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.account.TestDirectory;

class SamrTest {
    private final TestDirectory directory = new TestDirectory();
    private final RpcCaller samr = new RpcCaller(new Samr(directory, directory, TestDirectory.USER));

    private ContextHandle server() {
        return RpcCaller.handle(samr.call(57, in -> {
            in.pointer();
            in.wideString("\\\\SRV");
            in.i32(0x02000000);
        }));
    }

    private ContextHandle domain(Sid sid) {
        ContextHandle server = server();
        return RpcCaller.handle(samr.call(7, in -> {
            in.contextHandle(server);
            in.i32(0x02000000);
            in.sid(sid);
        }));
    }

    private ContextHandle open(int opnum, Sid domainSid, int rid) {
        ContextHandle domain = domain(domainSid);
        return RpcCaller.handle(samr.call(opnum, in -> {
            in.contextHandle(domain);
            in.i32(0x02000000);
            in.i32(rid);
        }));
    }

    private static List<String> enumeration(NdrReader results) {
        results.i32(); // EnumerationContext
        assertTrue(results.pointer());
        int count = results.i32();
        assertTrue(results.pointer());
        assertEquals(count, results.i32());
        List<Integer> rids = new ArrayList<>();
        List<StringHeader> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rids.add(results.i32());
            headers.add(results.countedStringHeader());
        }
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(rids.get(i) + " " + results.characters(headers.get(i)));
        }
        assertEquals(count, results.i32());
        assertEquals(0, results.i32());
        return entries;
    }

    @Test
    void thereAreTwoDomains() {
        ContextHandle server = server();
        assertEquals(List.of("0 SRV", "1 Builtin"), enumeration(samr.callWhole(6, in -> {
            in.contextHandle(server);
            in.i32(0);
            in.i32(-1);
        })));
        NdrReader found = samr.call(5, in -> {
            in.contextHandle(server);
            in.countedString("srv");
            in.deferred();
        });
        assertTrue(found.pointer());
        assertEquals(TestDirectory.MACHINE, found.sid());
        NdrReader other = samr.call(5, in -> {
            in.contextHandle(server);
            in.countedString("other");
            in.deferred();
        });
        assertFalse(other.pointer());
        assertEquals(NtStatus.NO_SUCH_DOMAIN.code(), other.i32());
    }

    @Test
    void aNullSessionGetsNoHandle() {
        RpcCaller stranger = new RpcCaller(new Samr(directory, directory, TestDirectory.ANONYMOUS));
        NdrReader results = stranger.call(64, in -> {
            in.nullPointer();
            in.i32(0x02000000);
            in.i32(1);
            in.i32(1);
            in.i32(3);
            in.i32(0);
        });
        assertEquals(1, results.i32());
        assertEquals(1, results.i32());
        assertEquals(3, results.i32());
        assertEquals(0, results.i32());
        assertEquals(ContextHandle.NULL, results.contextHandle());
        assertEquals(NtStatus.ACCESS_DENIED.code(), results.i32());
    }

    @Test
    void accountsGroupsAndAliasesAreListed() {
        ContextHandle accounts = domain(TestDirectory.MACHINE);
        ContextHandle builtin = domain(TestDirectory.BUILTIN);
        assertEquals(List.of("1000 alice", "1001 bob"), enumeration(samr.callWhole(13, in -> {
            in.contextHandle(accounts);
            in.i32(0);
            in.i32(0);
            in.i32(-1);
        })));
        assertEquals(List.of("1001 bob"), enumeration(samr.callWhole(13, in -> {
            in.contextHandle(accounts);
            in.i32(0);
            in.i32(1); // only disabled ones
            in.i32(-1);
        })));
        assertEquals(List.of("513 None"), enumeration(samr.callWhole(11, in -> {
            in.contextHandle(accounts);
            in.i32(0);
            in.i32(-1);
        })));
        assertEquals(List.of("544 Administrators", "545 Users"), enumeration(samr.callWhole(15, in -> {
            in.contextHandle(builtin);
            in.i32(0);
            in.i32(-1);
        })));
    }

    @Test
    void aUserIsToldWithoutHashes() {
        ContextHandle user = open(34, TestDirectory.MACHINE, 1001);
        NdrReader results = samr.call(36, in -> {
            in.contextHandle(user);
            in.i16(21);
        });
        assertTrue(results.pointer());
        assertEquals(21, results.i16());
        for (int i = 0; i < 6; i++) {
            results.i32();
            results.i32();
        }
        assertEquals(6, results.countedStringHeader().lengthBytes()); // UserName: bob
        for (int i = 0; i < 9; i++) {
            assertEquals(0, results.countedStringHeader().lengthBytes());
        }
        for (int i = 0; i < 2; i++) {
            assertEquals(new StringHeader(0, 0, false), results.countedStringHeader()); // hashes
        }
        assertEquals(0, results.countedStringHeader().lengthBytes()); // PrivateData
        results.i32();
        assertFalse(results.pointer()); // SecurityDescriptor
        assertEquals(1001, results.i32());
        assertEquals(513, results.i32());
        assertEquals(0x11, results.i32()); // normal, disabled
        NdrReader control = samr.call(47, in -> {
            in.contextHandle(user);
            in.i16(16);
        });
        assertTrue(control.pointer());
        assertEquals(16, control.i16());
        assertEquals(0x11, control.i32());
        assertEquals(0, control.i32());
    }

    @Test
    void namesAndIdsAreFoundInTheirDomain() {
        ContextHandle accounts = domain(TestDirectory.MACHINE);
        NdrReader results = samr.call(17, in -> {
            in.contextHandle(accounts);
            in.i32(2);
            in.i32(1000);
            in.i32(0);
            in.i32(2);
            in.countedString("BOB");
            in.countedString("Administrators");
            in.deferred();
        });
        assertEquals(2, results.i32());
        assertTrue(results.pointer());
        assertEquals(2, results.i32());
        assertEquals(1001, results.i32());
        assertEquals(0, results.i32());
        assertEquals(2, results.i32());
        assertTrue(results.pointer());
        assertEquals(2, results.i32());
        assertEquals(1, results.i32());
        assertEquals(8, results.i32());
        assertEquals(NtStatus.SOME_NOT_MAPPED.code(), results.i32());
        NdrReader names = samr.call(18, in -> {
            in.contextHandle(accounts);
            in.i32(1);
            in.i32(1000);
            in.i32(0);
            in.i32(1);
            in.i32(1000);
        });
        assertEquals(1, names.i32());
        assertTrue(names.pointer());
        assertEquals(1, names.i32());
        assertEquals("alice", names.countedString());
        assertSame(RpcFault.BAD_STUB_DATA, samr.fault(18, in -> {
            in.contextHandle(accounts);
            in.i32(1001);
            in.i32(1001);
            in.i32(0);
            in.i32(1001);
            in.bytes(new byte[4 * 1001]);
        }));
    }

    @Test
    void membersOfAnAliasAndAliasesOfAMember() {
        ContextHandle alias = open(27, TestDirectory.BUILTIN, 544);
        NdrReader members = samr.call(33, in -> in.contextHandle(alias));
        assertEquals(1, members.i32());
        assertTrue(members.pointer());
        assertEquals(1, members.i32());
        assertTrue(members.pointer());
        assertEquals(TestDirectory.ALICE, members.sid());
        ContextHandle builtin = domain(TestDirectory.BUILTIN);
        NdrReader aliases = samr.call(16, in -> {
            in.contextHandle(builtin);
            in.i32(1);
            in.pointer();
            in.i32(1);
            in.pointer();
            in.sid(TestDirectory.ALICE);
        });
        assertEquals(1, aliases.i32());
        assertTrue(aliases.pointer());
        assertEquals(1, aliases.i32());
        assertEquals(544, aliases.i32());
        assertEquals(0, aliases.i32());
    }

    @Test
    void aPasswordIsChangedWithItsProof() {
        NdrReader results = samr.call(55, in -> {
            in.nullPointer();
            in.countedString("bob");
            in.deferred();
            in.pointer();
            in.bytes(new byte[516]);
            in.pointer();
            in.bytes(new byte[16]);
            in.i8(0);
            in.nullPointer();
            in.nullPointer();
        });
        assertEquals(0, results.i32());
        assertEquals(List.of("bob 516 16"), directory.passwords());
    }
}
