package org.smbd.protocol.rpc;

/**
 * Ends one call with a fault PDU. C706 12.6.4.7 The fault PDU; the codes are those of C706 appendix E and MS-RPCE
 * 2.2.2. Shared and stackless.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // stackless and without suppression: nothing is kept alive
public final class RpcFault extends RuntimeException {
    /** The interface has no such operation. */
    public static final RpcFault OPERATION_RANGE = new RpcFault("nca_s_op_rng_error", 0x1C010002);
    /** The presentation context was not accepted, or never offered. */
    public static final RpcFault UNKNOWN_INTERFACE = new RpcFault("nca_s_unk_if", 0x1C010003);
    /** PDUs in an order that the protocol does not have. */
    public static final RpcFault PROTOCOL_ERROR = new RpcFault("nca_s_proto_error", 0x1C01000B);
    /** More than we take. */
    public static final RpcFault NO_MEMORY = new RpcFault("nca_s_fault_remote_no_memory", 0x1C00001B);
    /** The arguments are not what the interface's IDL says. MS-ERREF 2.2: RPC_X_BAD_STUB_DATA. */
    public static final RpcFault BAD_STUB_DATA = new RpcFault("RPC_X_BAD_STUB_DATA", 0x000006F7);

    /** A handle that nobody holds. C706 appendix E: nca_s_fault_context_mismatch. */
    public static final RpcFault CONTEXT_MISMATCH = new RpcFault("nca_s_fault_context_mismatch", 0x1C00001A);
    /** The caller may not call this. MS-ERREF 2.2: ERROR_ACCESS_DENIED. */
    public static final RpcFault ACCESS_DENIED = new RpcFault("ERROR_ACCESS_DENIED", 0x00000005);

    /** A signature is wrong. MS-ERREF 2.2: RPC_S_SEC_PKG_ERROR. */
    public static final RpcFault SECURITY_PACKAGE = new RpcFault("RPC_S_SEC_PKG_ERROR", 0x00000721);

    private final int status;

    private RpcFault(String name, int status) {
        super(name, null, false, false);
        this.status = status;
    }

    /** The status field of the fault PDU. */
    public int status() {
        return status;
    }
}
