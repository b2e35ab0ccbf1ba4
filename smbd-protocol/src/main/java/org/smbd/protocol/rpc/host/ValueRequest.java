package org.smbd.protocol.rpc.host;

import java.util.Optional;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.Win32Error;

/**
 * What a client wants to know of a value of the registry: the pointers that it sends. MS-RRP 3.1.5.11, 3.1.5.17.
 *
 * @param sizeBytes the room that the client has for the data
 */
record ValueRequest(boolean wantsType, boolean wantsData, boolean wantsSize, int sizeBytes, boolean wantsLength) {
    static ValueRequest read(NdrReader in) {
        boolean type = in.pointer(); // lpType
        if (type) {
            in.i32();
        }
        boolean data = in.pointer(); // lpData
        if (data) {
            in.i32(); // maximum count
            if (in.i32() != 0) { // offset
                throw RpcFault.BAD_STUB_DATA;
            }
            in.bytes(in.i32()); // actual count, and what the buffer holds: nothing of interest
        }
        boolean size = in.pointer(); // lpcbData
        int sizeBytes = size ? in.i32() : 0;
        boolean length = in.pointer(); // lpcbLen
        if (length) {
            in.i32();
        }
        return new ValueRequest(type, data, size, sizeBytes, length);
    }

    /**
     * Writes type, data, size and length.
     *
     * @param absent the status where there is no such value
     * @return the status of the operation
     */
    int answer(Optional<RegistryKey.Value> value, int absent, NdrWriter out) {
        byte[] data = value.map(RegistryKey.Value::data).orElse(new byte[0]);
        boolean fits = value.isPresent() && Integer.compareUnsigned(data.length, sizeBytes) <= 0;
        number(wantsType, value.map(RegistryKey.Value::type).orElse(0), out); // lpType
        if (wantsData && fits) {
            out.pointer(); // lpData
            out.i32(sizeBytes); // maximum count
            out.i32(0); // offset
            out.i32(data.length); // actual count
            out.bytes(data);
        } else {
            out.nullPointer();
        }
        number(wantsSize, data.length, out); // lpcbData
        number(wantsLength, wantsData && fits ? data.length : 0, out); // lpcbLen
        if (value.isEmpty()) {
            return absent;
        }
        return wantsData && !fits ? Win32Error.MORE_DATA : Win32Error.SUCCESS;
    }

    private static void number(boolean wanted, int number, NdrWriter out) {
        if (wanted) {
            out.pointer();
            out.i32(number);
        } else {
            out.nullPointer();
        }
    }
}
