package org.smbd.protocol.rpc.host;

import java.util.List;
import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;

/** The workstation service: what this host is. MS-WKST 3.2.4 Message Processing Events and Sequencing Rules. */
public final class Wkssvc implements RpcInterface {
    /** Clients open this pipe. */
    public static final String PIPE = "wkssvc";

    /** 6bffd098-a112-3610-9833-46c3f87e345a, version 1.0: MS-WKST 2.1 Transport. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0x3610_A112_6BFF_D098L, 0x5A34_7EF8_C346_3398L), 1);

    private static final int STATISTICS_LARGE_COUNTERS = 12;
    private static final int STATISTICS_COUNTERS = 27;

    private final HostFacts facts;
    private final ClientIdentity caller;

    public Wkssvc(HostFacts facts, ClientIdentity caller) {
        this.facts = facts;
        this.caller = caller;
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case 0 -> information(in, out); // NetrWkstaGetInfo
            case 2 -> users(in, out); // NetrWkstaUserEnum
            case 5 -> transports(in, out); // NetrWkstaTransportEnum
            case 13 -> statistics(in, out); // NetrWorkstationStatisticsGet
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }

    /** MS-WKST 3.2.4.1 NetrWkstaGetInfo, levels 100 to 102. */
    private void information(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // Level
        out.i32(level); // WkstaInfo, switch
        int status = switch (level) {
            case 100 -> Win32Error.SUCCESS;
            case 101 -> caller.anonymous() ? Win32Error.ACCESS_DENIED : Win32Error.SUCCESS;
            case 102 -> HostFacts.administratorsOnly(caller);
            default -> Win32Error.INVALID_LEVEL;
        };
        if (status != Win32Error.SUCCESS) {
            if (status != Win32Error.INVALID_LEVEL || level == 502 || level == 1013 || level == 1018) {
                out.nullPointer(); // the union has an arm of this level
            }
            out.i32(status);
            return;
        }
        out.pointer();
        out.i32(HostFacts.PLATFORM_ID_NT); // platform_id
        out.stringPointer(facts.computerName()); // computername
        out.stringPointer(facts.workgroup()); // langroup
        out.i32(HostFacts.VERSION_MAJOR); // ver_major
        out.i32(HostFacts.VERSION_MINOR); // ver_minor
        if (level > 100) {
            out.stringPointer(""); // lanroot
        }
        if (level > 101) {
            out.i32(0); // logged_on_users: nobody sits at this host
        }
        out.deferred();
        out.i32(Win32Error.SUCCESS);
    }

    /** MS-WKST 3.2.4.3 NetrWkstaUserEnum, levels 0 and 1: nobody sits at this host. */
    private void users(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // UserInfo.Level
        int status = level == 0 || level == 1 ? HostFacts.administratorsOnly(caller) : Win32Error.INVALID_LEVEL;
        Containers.skip(in, level, level == 0 || level == 1);
        in.i32(); // PreferredMaximumLength
        Resumption resume = Resumption.read(in);
        Containers.write(out, level, status == Win32Error.INVALID_LEVEL, List.of(), (item, to) -> {});
        out.i32(0); // TotalEntries
        resume.write(0, out);
        out.i32(status);
    }

    /** MS-WKST 3.2.4.4 NetrWkstaTransportEnum, level 0. */
    private void transports(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // TransportInfo.Level
        Containers.skip(in, level, level == 0);
        in.i32(); // PreferredMaximumLength
        Resumption resume = Resumption.read(in);
        int status = level == 0 ? Win32Error.SUCCESS : Win32Error.INVALID_LEVEL;
        List<String> transports = level == 0 ? facts.transports() : List.of();
        Containers.write(out, level, level != 0, transports, (name, to) -> {
            to.i32(0); // quality_of_service
            to.i32(0); // number_of_vcs
            to.stringPointer(name); // transport_name
            to.stringPointer("000000000000"); // transport_address
            to.i32(1); // wan_ish
        });
        out.i32(transports.size()); // TotalEntries
        resume.write(0, out);
        out.i32(status);
    }

    /** MS-WKST 3.2.4.11 NetrWorkstationStatisticsGet: this host is no client of anyone, so nothing was counted. */
    private void statistics(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        in.wideStringPointer(); // ServiceName
        int level = in.i32(); // Level
        int options = in.i32(); // Options
        int status = level != 0
                ? Win32Error.INVALID_LEVEL
                : options != 0 ? Win32Error.INVALID_PARAMETER : Win32Error.SUCCESS;
        if (status != Win32Error.SUCCESS) {
            out.nullPointer();
            out.i32(status);
            return;
        }
        out.pointer(); // Buffer
        out.i64(facts.startTime()); // StatisticsStartTime
        for (int i = 0; i < STATISTICS_LARGE_COUNTERS; i++) {
            out.i64(0);
        }
        for (int i = 0; i < STATISTICS_COUNTERS; i++) {
            out.i32(0);
        }
        out.i32(Win32Error.SUCCESS);
    }
}
