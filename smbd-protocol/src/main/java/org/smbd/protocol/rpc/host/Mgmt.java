package org.smbd.protocol.rpc.host;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.Win32Error;

/** Remote management of a server, on each of its pipes. C706 appendix Q: IDL of the RPC management interface. */
public final class Mgmt implements RpcInterface {
    /** afa8bd80-7d8a-11c9-bef4-08002b102989, version 1.0. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0x11C9_7D8A_AFA8_BD80L, 0x8929_102B_0008_F4BEL), 1);

    private static final int STATISTICS = 4;
    /** MS-RPCE 2.2.1.1.7 Security Providers: those that are accepted here. */
    private static final int AUTHENTICATION_SPNEGO = 9;

    private static final int AUTHENTICATION_NTLM = 10;
    private static final int NAME_BYTES_MAX = 1024;

    private final List<SyntaxId> interfaces;
    private final String principal;

    /**
     * @param interfaces what else is on this pipe
     * @param principal whom NTLM clients talk to
     */
    public Mgmt(List<SyntaxId> interfaces, String principal) {
        this.interfaces = List.copyOf(interfaces);
        this.principal = principal;
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case 0 -> interfaces(out); // rpc__mgmt_inq_if_ids
            case 1 -> statistics(in, out); // rpc__mgmt_inq_stats
            case 2 -> { // rpc__mgmt_is_server_listening
                out.i32(Win32Error.SUCCESS); // status
                out.i32(1);
            }
            case 3 -> out.i32(Win32Error.ACCESS_DENIED); // rpc__mgmt_stop_server_listening
            case 4 -> principal(in, out); // rpc__mgmt_inq_princ_name
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }

    private void interfaces(NdrWriter out) {
        out.pointer(); // if_id_vector
        out.i32(interfaces.size() + 1); // maximum count
        out.i32(interfaces.size() + 1); // count
        out.pointer(() -> write(SYNTAX, out));
        interfaces.forEach(one -> out.pointer(() -> write(one, out)));
        out.deferred();
        out.i32(Win32Error.SUCCESS);
    }

    private static void write(SyntaxId id, NdrWriter out) {
        out.i32((int) id.uuid().low());
        out.i16((int) (id.uuid().low() >>> 32));
        out.i16((int) (id.uuid().low() >>> 48));
        for (int i = 0; i < 8; i++) {
            out.i8((int) (id.uuid().high() >>> 8 * i));
        }
        out.i32(id.version());
    }

    /** Calls and packets, in and out: they are not counted by pipe. */
    private static void statistics(NdrReader in, NdrWriter out) {
        int count = Math.min(STATISTICS, in.i32() & 0x7FFFFFFF); // count
        out.i32(count); // maximum count
        out.i32(count); // count
        for (int i = 0; i < count; i++) {
            out.i32(0);
        }
        out.i32(Win32Error.SUCCESS);
    }

    private void principal(NdrReader in, NdrWriter out) {
        int protocol = in.i32(); // authn_proto
        int size = in.i32(); // princ_name_size
        if (size <= 0 || size > NAME_BYTES_MAX) {
            throw RpcFault.BAD_STUB_DATA;
        }
        boolean known = protocol == AUTHENTICATION_SPNEGO || protocol == AUTHENTICATION_NTLM;
        byte[] name = principal.getBytes(StandardCharsets.US_ASCII);
        boolean fits = known && name.length < size;
        byte[] told = fits ? name : new byte[0];
        out.i32(size); // maximum count
        out.i32(0); // offset
        out.i32(told.length + 1); // actual count
        out.bytes(told);
        out.i8(0);
        out.align(4);
        out.i32(
                !known
                        ? Win32Error.UNKNOWN_AUTHENTICATION_SERVICE
                        : fits ? Win32Error.SUCCESS : Win32Error.INSUFFICIENT_BUFFER);
    }
}
