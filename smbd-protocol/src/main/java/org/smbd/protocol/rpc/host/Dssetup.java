package org.smbd.protocol.rpc.host;

import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.Win32Error;

/** Says that this is a server of no domain. MS-DSSP 3.2.5 Message Processing Events and Sequencing Rules. */
public final class Dssetup implements RpcInterface {
    /** 3919286a-b10c-11d0-9ba8-00c04fd92ef5, version 0.0: MS-DSSP 2.1 Transport; it comes through lsarpc. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0x11D0_B10C_3919_286AL, 0xF52E_D94F_C000_A89BL), 0);

    private static final int PRIMARY_DOMAIN_INFO_BASIC = 1;
    private static final int UPGRADE_STATUS = 2;
    private static final int OPERATION_STATE = 3;

    /** MS-DSSP 2.2.1 DSROLE_MACHINE_ROLE: DsRole_RoleStandaloneServer. */
    private static final int ROLE_STANDALONE_SERVER = 2;

    private final HostFacts facts;

    public Dssetup(HostFacts facts) {
        this.facts = facts;
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    /** MS-DSSP 3.2.5.1 DsRolerGetPrimaryDomainInformation. */
    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        if (opnum != 0) {
            throw RpcFault.OPERATION_RANGE;
        }
        int level = in.i16(); // InfoLevel
        if (level < PRIMARY_DOMAIN_INFO_BASIC || level > OPERATION_STATE) {
            out.nullPointer();
            out.i32(Win32Error.INVALID_PARAMETER);
            return;
        }
        out.pointer(); // DomainInfo
        out.i16(level); // switch
        switch (level) {
            case PRIMARY_DOMAIN_INFO_BASIC -> {
                out.align(4);
                out.i16(ROLE_STANDALONE_SERVER); // MachineRole
                out.i32(0); // Flags
                out.stringPointer(facts.workgroup()); // DomainNameFlat
                out.nullPointer(); // DomainNameDns
                out.nullPointer(); // DomainForestName
                out.bytes(new byte[Guid.SIZE_BYTES]); // DomainGuid
                out.deferred();
            }
            case UPGRADE_STATUS -> {
                out.i32(0); // OperationState: not upgrading
                out.i16(0); // PreviousServerState: unknown
            }
            default -> out.i16(0); // OperationState: idle
        }
        out.i32(Win32Error.SUCCESS);
    }
}
