package org.smbd.protocol.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/** Calls operations of a service, and tries each truncation of the arguments first. */
public final class RpcCaller {
    private final RpcInterface service;
    private final HandleTable handles = new HandleTable();

    public RpcCaller(RpcInterface service) {
        this.service = service;
    }

    /** The results of an operation whose arguments are all needed. */
    public NdrReader call(int opnum, Consumer<NdrWriter> arguments) {
        byte[] stub = stub(arguments);
        for (int length = 0; length < stub.length; length++) {
            byte[] cut = Arrays.copyOf(stub, length);
            assertThrows(RpcFault.class, () -> perform(opnum, cut), "cut to " + cut.length);
        }
        return perform(opnum, stub);
    }

    /** The results of an operation that does not read its arguments to the end. */
    public NdrReader callWhole(int opnum, Consumer<NdrWriter> arguments) {
        return perform(opnum, stub(arguments));
    }

    /** The fault of an operation. */
    public RpcFault fault(int opnum, Consumer<NdrWriter> arguments) {
        return assertThrows(RpcFault.class, () -> perform(opnum, stub(arguments)));
    }

    private static byte[] stub(Consumer<NdrWriter> arguments) {
        NdrWriter in = new NdrWriter();
        arguments.accept(in);
        return in.toByteArray();
    }

    private NdrReader perform(int opnum, byte[] stub) {
        NdrWriter out = new NdrWriter();
        service.call(opnum, new NdrReader(ByteBuffer.wrap(stub).order(ByteOrder.LITTLE_ENDIAN)), out, handles);
        return new NdrReader(ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** A handle and the status SUCCESS behind it. */
    public static ContextHandle handle(NdrReader results) {
        ContextHandle handle = results.contextHandle();
        assertEquals(0, results.i32());
        return handle;
    }
}
