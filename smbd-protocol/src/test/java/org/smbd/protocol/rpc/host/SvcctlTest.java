package org.smbd.protocol.rpc.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.RpcCaller;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.account.TestDirectory;

class SvcctlTest {
    private final RpcCaller services = new RpcCaller(new Svcctl(TestDirectory.ADMINISTRATOR));

    private static NdrReader open(ClientIdentity identity) {
        return manager(new RpcCaller(new Svcctl(identity)));
    }

    private static NdrReader manager(RpcCaller caller) {
        return caller.call(15, in -> {
            in.pointer();
            in.wideString("SRV");
            in.nullPointer();
            in.i32(5);
        });
    }

    private NdrReader service(ContextHandle manager, String name) {
        return services.call(16, in -> {
            in.contextHandle(manager);
            in.wideString(name);
            in.i32(4);
        });
    }

    @Test
    void theServerServiceRuns() {
        ContextHandle manager = RpcCaller.handle(manager(services));
        ContextHandle service = RpcCaller.handle(service(manager, "lanmanserver"));
        NdrReader status = services.call(6, in -> in.contextHandle(service));
        assertEquals(0x20, status.i32());
        assertEquals(4, status.i32());
        NdrReader extended = services.call(40, in -> {
            in.contextHandle(service);
            in.i32(0);
            in.i32(36);
        });
        assertEquals(36, extended.i32());
        assertEquals(0x20, extended.i32());
        assertEquals(ContextHandle.NULL, RpcCaller.handle(services.call(0, in -> in.contextHandle(service))));
        assertSame(RpcFault.CONTEXT_MISMATCH, services.fault(6, in -> in.contextHandle(service)));
    }

    @Test
    void nothingIsStartedOrStopped() {
        ContextHandle manager = RpcCaller.handle(manager(services));
        ContextHandle service = RpcCaller.handle(service(manager, "LanmanServer"));
        assertEquals(
                Win32Error.ACCESS_DENIED,
                services.callWhole(19, in -> in.contextHandle(service)).i32());
        assertSame(RpcFault.CONTEXT_MISMATCH, services.fault(6, in -> in.contextHandle(manager)));
    }

    @Test
    void otherServicesAreNotThere() {
        ContextHandle manager = RpcCaller.handle(manager(services));
        NdrReader results = service(manager, "Spooler");
        assertEquals(ContextHandle.NULL, results.contextHandle());
        assertEquals(Win32Error.SERVICE_DOES_NOT_EXIST, results.i32());
    }

    @Test
    void theListNeedsRoom() {
        ContextHandle manager = RpcCaller.handle(manager(services));
        NdrReader small = enumerate(manager, 4);
        assertEquals(4, small.i32());
        small.bytes(4);
        assertTrue(small.i32() > 36); // pcbBytesNeeded
        assertEquals(0, small.i32());
        NdrReader large = enumerate(manager, 200);
        assertEquals(200, large.i32());
        assertEquals(200 - 26, large.i32()); // lpServiceName: "LanmanServer" at the end
    }

    private NdrReader enumerate(ContextHandle manager, int bytes) {
        return services.call(14, in -> {
            in.contextHandle(manager);
            in.i32(0x30);
            in.i32(3);
            in.i32(bytes);
            in.nullPointer();
        });
    }

    @Test
    void aBufferWithoutLimitIsRefused() {
        ContextHandle manager = RpcCaller.handle(manager(services));
        assertSame(RpcFault.BAD_STUB_DATA, services.fault(14, in -> {
            in.contextHandle(manager);
            in.i32(0x30);
            in.i32(3);
            in.i32(Integer.MAX_VALUE);
            in.nullPointer();
        }));
    }

    @Test
    void usersDoNotGetIn() {
        NdrReader results = open(TestDirectory.USER);
        assertEquals(ContextHandle.NULL, results.contextHandle());
        assertEquals(Win32Error.ACCESS_DENIED, results.i32());
    }
}
