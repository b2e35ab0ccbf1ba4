package org.smbd.protocol.rpc.srvsvc;

import java.time.Clock;
import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.account.ClientIdentity;

/** The server service. MS-SRVS 3.1.4 Message Processing Events and Sequencing Rules. */
public final class Srvsvc implements RpcInterface {
    /** Clients open this pipe. */
    public static final String PIPE = "srvsvc";

    /** 4b324fc8-1670-01d3-1278-5a47bf6ee188, version 3.0: MS-SRVS 2.1 Transport. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0x01D3_1670_4B32_4FC8L, 0x88E1_6EBF_475A_7812L), 3);

    private final ShareLists shares;
    private final UsageLists usage;
    private final ServerFacts facts;
    private final Clock clock;

    /**
     * The service for one caller.
     *
     * @param clock with the zone of this host
     */
    public Srvsvc(ShareDirectory directory, ServerUsage usage, ClientIdentity caller, Clock clock) {
        this.shares = new ShareLists(directory);
        this.usage = new UsageLists(usage, caller);
        this.facts = new ServerFacts(directory, usage, caller);
        this.clock = clock;
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case 8 -> usage.connections(in, out); // NetrConnectionEnum
            case 9 -> usage.files(in, out); // NetrFileEnum
            case 10 -> usage.file(in, out); // NetrFileGetInfo
            case 11 -> usage.closeFile(in, out); // NetrFileClose
            case 12 -> usage.sessions(in, out); // NetrSessionEnum
            case 13 -> usage.closeSessions(in, out); // NetrSessionDel
            case 14 -> shares.add(in, out); // NetrShareAdd
            case 15, 36 -> shares.enumerate(in, out); // NetrShareEnum, NetrShareEnumSticky
            case 16 -> shares.information(in, out); // NetrShareGetInfo
            case 17 -> shares.setInformation(in, out); // NetrShareSetInfo
            case 18, 19 -> shares.delete(in, out); // NetrShareDel, NetrShareDelSticky
            case 21 -> facts.information(in, out); // NetrServerGetInfo
            case 23 -> facts.disks(in, out); // NetrServerDiskEnum
            case 26 -> facts.transports(in, out); // NetrServerTransportEnum
            case 28 -> TimeOfDay.remote(in, out, clock); // NetrRemoteTOD
            case 33 -> NameRule.validate(in, out); // NetprNameValidate
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }
}
