package org.smbd.protocol.rpc.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcCaller;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.TestDirectory;

class WinregTest {
    private static final HostFacts FACTS = new HostFacts("SRV", "GROUP", 77, List.of());
    private static final String PRODUCT = "SYSTEM\\CurrentControlSet\\Control\\ProductOptions";

    private final RpcCaller registry = new RpcCaller(new Winreg(FACTS, TestDirectory.ADMINISTRATOR));

    private static NdrReader root(RpcCaller caller) {
        return caller.call(2, in -> {
            in.pointer();
            in.i16('S');
            in.i32(0x02000000);
        });
    }

    private static void text(NdrWriter in, String text) {
        in.countedString(text + '\0');
        in.deferred();
    }

    private NdrReader open(ContextHandle parent, String path) {
        return registry.callWhole(15, in -> {
            in.contextHandle(parent);
            text(in, path);
            in.i32(0);
            in.i32(0x02000000);
        });
    }

    private NdrReader value(ContextHandle key, String name, int room) {
        return registry.call(17, in -> {
            in.contextHandle(key);
            text(in, name);
            in.pointer(); // lpType
            in.i32(0);
            in.pointer(); // lpData
            in.i32(room);
            in.i32(0);
            in.i32(0);
            in.pointer(); // lpcbData
            in.i32(room);
            in.pointer(); // lpcbLen
            in.i32(0);
        });
    }

    @Test
    void theKindOfHostIsRead() {
        ContextHandle key = RpcCaller.handle(open(RpcCaller.handle(root(registry)), PRODUCT));
        NdrReader results = value(key, "producttype", 100);
        assertTrue(results.pointer());
        assertEquals(1, results.i32()); // REG_SZ
        assertTrue(results.pointer());
        assertEquals(100, results.i32());
        assertEquals(0, results.i32());
        byte[] expected = "ServerNT\0".getBytes(StandardCharsets.UTF_16LE);
        assertArrayEquals(expected, results.bytes(results.i32()));
        assertTrue(results.pointer());
        assertEquals(expected.length, results.i32());
        assertTrue(results.pointer());
        assertEquals(expected.length, results.i32());
        assertEquals(Win32Error.SUCCESS, results.i32());
    }

    @Test
    void aValueThatDoesNotFitSaysHowLongItIs() {
        ContextHandle key = RpcCaller.handle(open(RpcCaller.handle(root(registry)), PRODUCT));
        NdrReader results = value(key, "ProductType", 17);
        assertTrue(results.pointer());
        assertEquals(1, results.i32());
        assertFalse(results.pointer());
        assertTrue(results.pointer());
        assertEquals(18, results.i32());
        assertTrue(results.pointer());
        assertEquals(0, results.i32());
        assertEquals(Win32Error.MORE_DATA, results.i32());
    }

    @Test
    void keysAreListedToTheirEnd() {
        ContextHandle key = RpcCaller.handle(root(registry));
        List<String> names = new ArrayList<>();
        int status = Win32Error.SUCCESS;
        for (int i = 0; status == Win32Error.SUCCESS; i++) {
            int index = i;
            NdrReader results = registry.call(9, in -> {
                in.contextHandle(key);
                in.i32(index);
                in.countedString("", 64);
                in.deferred();
                in.nullPointer();
                in.nullPointer();
            });
            names.add(results.countedString());
            assertFalse(results.pointer());
            assertFalse(results.pointer());
            status = results.i32();
        }
        assertEquals(Win32Error.NO_MORE_ITEMS, status);
        assertEquals(List.of("SOFTWARE\0", "SYSTEM\0"), names.subList(0, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "SYSTEM\\NONE", "SYSTEM\\\\NONE\\x"})
    void whatIsNotThereIsNotFound(String path) {
        NdrReader results = open(RpcCaller.handle(root(registry)), path);
        assertEquals(ContextHandle.NULL, results.contextHandle());
        assertEquals(Win32Error.FILE_NOT_FOUND, results.i32());
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 22})
    void nothingIsWritten(int opnum) {
        ContextHandle key = RpcCaller.handle(root(registry));
        assertEquals(
                Win32Error.ACCESS_DENIED,
                registry.callWhole(opnum, in -> in.contextHandle(key)).i32());
    }

    @Test
    void usersDoNotGetIn() {
        NdrReader results = root(new RpcCaller(new Winreg(FACTS, TestDirectory.USER)));
        assertEquals(ContextHandle.NULL, results.contextHandle());
        assertEquals(Win32Error.ACCESS_DENIED, results.i32());
    }
}
