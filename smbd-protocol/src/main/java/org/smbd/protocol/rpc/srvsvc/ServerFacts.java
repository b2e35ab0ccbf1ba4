package org.smbd.protocol.rpc.srvsvc;

import java.util.List;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.host.Containers;
import org.smbd.protocol.rpc.host.HostFacts;
import org.smbd.protocol.rpc.host.Resumption;

/** What the server itself is. MS-SRVS 3.1.4.17, 3.1.4.19, 3.1.4.24. */
final class ServerFacts {
    private static final int LEVEL_NAME = 100;
    private static final int LEVEL_VERSION = 101;
    private static final int LEVEL_ADMINISTRATION = 102;
    /** Levels that the union of MS-SRVS 2.2.3.7 SERVER_INFO has a pointer for, among those that clients ask for. */
    private static final List<Integer> LEVELS_UNSUPPORTED = List.of(103, 502, 503, 599);
    /** MS-SRVS 2.2.2.7: SV_TYPE_WORKSTATION, SV_TYPE_SERVER, SV_TYPE_NT, SV_TYPE_SERVER_NT. */
    private static final int TYPE = 0x1 | 0x2 | 0x1000 | 0x8000;
    /** MS-SRVS 2.2.4.41 SERVER_INFO_102: SV_USERS_UNLIMITED, SV_NODISC. */
    private static final int UNLIMITED = -1;

    /** Shares are shown as on one disk, as Samba has it. */
    private static final String DISK = "C:";

    private static final int DISK_CHARACTERS = 3;

    private final ShareDirectory directory;
    private final ServerUsage usage;
    private final ClientIdentity caller;

    ServerFacts(ShareDirectory directory, ServerUsage usage, ClientIdentity caller) {
        this.directory = directory;
        this.usage = usage;
        this.caller = caller;
    }

    /** MS-SRVS 3.1.4.17 NetrServerGetInfo, levels 100 to 102. */
    void information(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // Level
        out.i32(level); // InfoStruct, switch
        if (level < LEVEL_NAME || level > LEVEL_ADMINISTRATION) {
            if (LEVELS_UNSUPPORTED.contains(level)) {
                out.nullPointer();
            }
            out.i32(Win32Error.INVALID_LEVEL);
            return;
        }
        if (level == LEVEL_ADMINISTRATION && !caller.administrator()) {
            out.nullPointer();
            out.i32(Win32Error.ACCESS_DENIED);
            return;
        }
        out.pointer();
        out.i32(HostFacts.PLATFORM_ID_NT); // platform_id
        out.stringPointer(directory.serverName()); // name
        if (level >= LEVEL_VERSION) {
            out.i32(HostFacts.VERSION_MAJOR); // version_major
            out.i32(HostFacts.VERSION_MINOR); // version_minor
            out.i32(TYPE); // type
            out.stringPointer(directory.serverComment()); // comment
        }
        if (level == LEVEL_ADMINISTRATION) {
            out.i32(UNLIMITED); // users
            out.i32(UNLIMITED); // disc: sessions are not disconnected for being idle
            out.i32(0); // hidden
            out.i32(0); // announce: it is not announced
            out.i32(0); // anndelta
            out.i32(0); // licenses
            out.stringPointer("C:\\"); // userpath
        }
        out.deferred();
        out.i32(Win32Error.SUCCESS);
    }

    /** MS-SRVS 3.1.4.19 NetrServerDiskEnum. */
    void disks(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // Level
        int entriesRead = in.i32(); // DiskInfoStruct.EntriesRead
        if (in.pointer()) { // Buffer: its counts, of nothing
            int maximum = in.i32();
            int offset = in.i32();
            if (maximum != 0 || offset != 0 || in.i32() != 0) {
                throw RpcFault.BAD_STUB_DATA;
            }
        }
        in.i32(); // PreferedMaximumLength
        Resumption resume = Resumption.read(in); // ResumeHandle
        int status = Win32Error.SUCCESS;
        if (!caller.administrator()) {
            status = Win32Error.ACCESS_DENIED;
        } else if (level != 0) {
            status = Win32Error.INVALID_LEVEL;
        } else if (entriesRead != 0) {
            status = Win32Error.INVALID_PARAMETER;
        }
        boolean wellAsked = status == Win32Error.SUCCESS;
        out.i32(wellAsked ? 1 : 0); // EntriesRead
        if (wellAsked) {
            out.pointer(); // Buffer
            out.i32(1); // maximum count
            out.i32(0); // offset
            out.i32(1); // actual count
            out.i32(0); // Disk: offset
            out.i32(DISK_CHARACTERS); // actual count
            for (int i = 0; i < DISK.length(); i++) {
                out.i16(DISK.charAt(i));
            }
            out.i16(0);
        } else {
            out.nullPointer();
        }
        out.i32(wellAsked ? 1 : 0); // TotalEntries
        resume.write(0, out);
        out.i32(status);
    }

    /** MS-SRVS 3.1.4.24 NetrServerTransportEnum, level 0. */
    void transports(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // InfoStruct.Level
        boolean hasArm = level >= 0 && level <= 3;
        Containers.skip(in, level, hasArm);
        in.i32(); // PreferedMaximumLength
        Resumption resume = Resumption.read(in); // ResumeHandle
        int status = Win32Error.INVALID_LEVEL;
        List<String> transports = List.of();
        if (level == 0) {
            status = caller.administrator() ? Win32Error.SUCCESS : Win32Error.ACCESS_DENIED;
            transports = caller.administrator() ? usage.transports() : List.of();
        }
        int connections = transports.isEmpty() ? 0 : usage.sessions().size();
        Containers.write(out, level, !hasArm, transports, (address, to) -> {
            to.i32(connections); // svti0_numberofvcs
            to.stringPointer("\\Device\\NetbiosSmb"); // svti0_transportname: TCP without NetBIOS
            to.nullPointer(); // svti0_transportaddress
            to.i32(0); // svti0_transportaddresslength
            to.stringPointer(address); // svti0_networkaddress
        });
        out.i32(transports.size()); // TotalEntries
        resume.write(0, out);
        out.i32(status);
    }
}
