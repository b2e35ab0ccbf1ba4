package org.smbd.protocol.rpc.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.RpcCaller;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.Win32Error;

/** The interfaces that every host has: RPC management and its role. */
class ManagementTest {
    private final RpcCaller management = new RpcCaller(new Mgmt(List.of(Wkssvc.SYNTAX), "SRV"));
    private final RpcCaller role = new RpcCaller(new Dssetup(new HostFacts("SRV", "GROUP", 77, List.of())));

    @Test
    void thePipesInterfacesAreListed() {
        NdrReader results = management.call(0, in -> {});
        assertTrue(results.pointer());
        assertEquals(2, results.i32()); // maximum count
        assertEquals(2, results.i32()); // count
        assertTrue(results.pointer());
        assertTrue(results.pointer());
        assertEquals(0xAFA8_BD80, results.i32());
        assertEquals(0x7D8A, results.i16());
        assertEquals(0x11C9, results.i16());
        assertEquals(0xBE, results.i8());
        results.bytes(7);
        assertEquals(1, results.i32());
        assertEquals(0x6BFF_D098, results.i32());
    }

    @ParameterizedTest
    @CsvSource({"10, 100, SRV, 0", "9, 4, SRV, 0", "10, 3, '', 122", "68, 100, '', 1747"})
    void whoTheServerIsDependsOnTheProtocol(int protocol, int room, String name, int status) {
        NdrReader results = management.call(4, in -> {
            in.i32(protocol);
            in.i32(room);
        });
        assertEquals(room, results.i32());
        assertEquals(0, results.i32());
        byte[] text = results.bytes(results.i32());
        assertEquals(name + '\0', new String(text, StandardCharsets.US_ASCII));
        assertEquals(status, results.i32());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025, Integer.MAX_VALUE})
    void aNameWithoutLimitIsRefused(int room) {
        assertSame(RpcFault.BAD_STUB_DATA, management.fault(4, in -> {
            in.i32(10);
            in.i32(room);
        }));
    }

    @Test
    void theServerListensAndIsNotStopped() {
        assertEquals(Win32Error.SUCCESS, management.call(2, in -> {}).i32());
        assertEquals(Win32Error.ACCESS_DENIED, management.call(3, in -> {}).i32());
    }

    @Test
    void theHostStandsAlone() {
        NdrReader results = role.call(0, in -> in.i16(1));
        assertTrue(results.pointer());
        assertEquals(1, results.i16());
        assertEquals(0, results.i16()); // alignment
        assertEquals(2, results.i16()); // DsRole_RoleStandaloneServer
        assertEquals(0, results.i32());
        assertTrue(results.pointer());
        assertFalse(results.pointer());
        assertFalse(results.pointer());
        results.bytes(16);
        assertEquals("GROUP", results.wideString());
        assertEquals(Win32Error.SUCCESS, results.i32());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 65_535})
    void otherLevelsAreInvalid(int level) {
        NdrReader results = role.call(0, in -> in.i16(level));
        assertFalse(results.pointer());
        assertEquals(Win32Error.INVALID_PARAMETER, results.i32());
    }
}
