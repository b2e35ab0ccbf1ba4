package org.smbd.protocol.rpc;

/** A set of operations that a client can bind to. Implementations are called by many pipes at once. */
public interface RpcInterface {
    /** Which interface, in its highest version. */
    SyntaxId syntax();

    /**
     * Performs one operation.
     *
     * @param in the arguments
     * @param out takes the results
     * @param handles what the client's association group holds
     * @throws RpcFault OPERATION_RANGE for an unknown operation, BAD_STUB_DATA for arguments that do not parse
     */
    void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles);
}
