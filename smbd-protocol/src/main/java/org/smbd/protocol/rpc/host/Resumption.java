package org.smbd.protocol.rpc.host;

import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;

/**
 * The resume handle of an enumeration. MS-SRVS 3.1.4.8, MS-WKST 3.2.4.3.
 *
 * @param present whether the client has one
 * @param value where it goes on
 */
public record Resumption(boolean present, int value) {
    public static Resumption read(NdrReader in) {
        boolean present = in.pointer();
        return new Resumption(present, present ? in.i32() : 0);
    }

    /** Writes where the next call goes on; 0 at the end. */
    public void write(int next, NdrWriter out) {
        if (present) {
            out.pointer();
            out.i32(next);
        } else {
            out.nullPointer();
        }
    }
}
