package org.smbd.protocol.rpc;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smbd.core.type.Guid;

/**
 * The server service, as far as lists of shares need it. MS-SRVS 3.1.4 Message Processing Events and Sequencing Rules.
 */
public final class Srvsvc implements RpcInterface {
    /** Clients open this pipe. */
    public static final String PIPE = "srvsvc";

    /** 4b324fc8-1670-01d3-1278-5a47bf6ee188, version 3.0: MS-SRVS 2.1 Transport. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0x01D3_1670_4B32_4FC8L, 0x88E1_6EBF_475A_7812L), 3);

    private static final int NETR_SHARE_ENUM = 15;
    private static final int NETR_SHARE_GET_INFO = 16;
    private static final int NETR_SERVER_GET_INFO = 21;
    private static final int NETR_REMOTE_TOD = 28;
    private static final int NETPR_NAME_VALIDATE = 33;
    private static final int NETR_SHARE_ENUM_STICKY = 36;

    /** Status values of MS-ERREF 2.2 Win32 Error Codes and of MS-SRVS 2.2.2.10 Error Codes. */
    private static final int NERR_SUCCESS = 0;

    private static final int ERROR_INVALID_LEVEL = 124;
    private static final int ERROR_MORE_DATA = 234;
    private static final int NERR_NET_NAME_NOT_FOUND = 2310;

    /** MS-SRVS 2.2.2.2 MAX_PREFERRED_LENGTH. */
    private static final int MAX_PREFERRED_LENGTH = -1;

    private static final int SERVER_LEVEL_NAME = 100;
    private static final int SERVER_LEVEL_VERSION = 101;
    /** Levels that the union of MS-SRVS 2.2.3.7 SERVER_INFO has a pointer for, among those that clients ask for. */
    private static final Set<Integer> SERVER_LEVELS_UNSUPPORTED = Set.of(102, 103, 502, 503, 599);
    /** MS-SRVS 2.2.2.6 Platform IDs: PLATFORM_ID_NT. */
    private static final int PLATFORM_ID_NT = 500;

    /** What clients take to be a server of the NT family; the dialects say what it really can do. */
    private static final int VERSION_MAJOR = 6;

    private static final int VERSION_MINOR = 1;
    /** MS-SRVS 2.2.2.7: SV_TYPE_WORKSTATION, SV_TYPE_SERVER, SV_TYPE_NT, SV_TYPE_SERVER_NT. */
    private static final int SERVER_TYPE = 0x1 | 0x2 | 0x1000 | 0x8000;

    private final ShareDirectory directory;
    private final Clock clock;

    /**
     * The service for one caller.
     *
     * @param clock with the zone of this host
     */
    public Srvsvc(ShareDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case NETR_SHARE_ENUM, NETR_SHARE_ENUM_STICKY -> shareEnum(in, out);
            case NETR_SHARE_GET_INFO -> shareGetInfo(in, out);
            case NETR_SERVER_GET_INFO -> serverGetInfo(in, out);
            case NETR_REMOTE_TOD -> TimeOfDay.remote(in, out, clock);
            case NETPR_NAME_VALIDATE -> NameRule.validate(in, out);
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }

    /**
     * MS-SRVS 3.1.4.8 NetrShareEnum. All our shares are kept in the configuration, which is what Sticky (3.1.4.9) asks.
     */
    private void shareEnum(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // InfoStruct.Level
        if (in.i32() != level) { // InfoStruct.ShareInfo, switch
            throw RpcFault.BAD_STUB_DATA;
        }
        Optional<ShareInfoMarshaller> marshaller =
                ShareInfoMarshaller.of(level).filter(ShareInfoMarshaller::isEnumerable);
        if (marshaller.isPresent()) { // the union has nothing for other levels, neither in nor out
            skipContainer(in);
        }
        int preferredMaximumLength = in.i32(); // PreferedMaximumLength
        boolean hasResumeHandle = in.pointer(); // ResumeHandle
        int resumeHandle = hasResumeHandle ? in.i32() : 0;

        out.i32(level);
        out.i32(level);
        if (marshaller.isEmpty()) {
            shareEnumEnd(0, hasResumeHandle, 0, ERROR_INVALID_LEVEL, out);
            return;
        }
        List<ShareEntry> shares = directory.listed();
        int from = Math.min(resumeHandle & 0x7FFFFFFF, shares.size());
        int to = from + fitting(shares.subList(from, shares.size()), marshaller.get(), preferredMaximumLength);
        writeContainer(shares.subList(from, to), marshaller.get(), out);
        boolean more = to < shares.size();
        shareEnumEnd(shares.size() - from, hasResumeHandle, more ? to : 0, more ? ERROR_MORE_DATA : NERR_SUCCESS, out);
    }

    /** The container that comes in says nothing; some clients send an empty array with it. */
    private static void skipContainer(NdrReader in) {
        if (in.pointer()) {
            int entriesRead = in.i32(); // EntriesRead
            if ((in.pointer() && in.i32() != 0) || entriesRead != 0) { // Buffer
                throw RpcFault.BAD_STUB_DATA;
            }
        }
    }

    /** How many entries the client wants at once; at least one, so that it comes to an end. */
    private static int fitting(List<ShareEntry> shares, ShareInfoMarshaller level, int preferredMaximumLength) {
        if (preferredMaximumLength == MAX_PREFERRED_LENGTH) {
            return shares.size();
        }
        long left = preferredMaximumLength & 0xFFFFFFFFL;
        int count = 0;
        for (ShareEntry share : shares) {
            left -= level.sizeMax(share);
            if (left < 0 && count > 0) {
                break;
            }
            count++;
        }
        return count;
    }

    private static void writeContainer(List<ShareEntry> shares, ShareInfoMarshaller level, NdrWriter out) {
        out.pointer(); // ShareInfo.LevelN
        out.i32(shares.size()); // EntriesRead
        if (shares.isEmpty()) {
            out.nullPointer(); // Buffer
            return;
        }
        out.pointer(); // Buffer
        out.i32(shares.size()); // maximum count
        shares.forEach(share -> level.write(share, out));
        out.deferred();
    }

    private static void shareEnumEnd(
            int totalEntries, boolean hasResumeHandle, int resumeHandle, int status, NdrWriter out) {
        out.i32(totalEntries); // TotalEntries
        if (hasResumeHandle) {
            out.pointer(); // ResumeHandle
            out.i32(resumeHandle);
        } else {
            out.nullPointer();
        }
        out.i32(status);
    }

    /** MS-SRVS 3.1.4.10 NetrShareGetInfo. */
    private void shareGetInfo(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String name = in.wideString(); // NetName
        int level = in.i32(); // Level

        out.i32(level); // InfoStruct, switch
        Optional<ShareInfoMarshaller> marshaller = ShareInfoMarshaller.of(level);
        Optional<ShareEntry> share = directory.find(name);
        if (marshaller.isEmpty()) {
            out.i32(ERROR_INVALID_LEVEL);
            return;
        }
        if (share.isEmpty()) {
            out.nullPointer();
            out.i32(NERR_NET_NAME_NOT_FOUND);
            return;
        }
        out.pointer();
        marshaller.get().write(share.get(), out);
        out.deferred();
        out.i32(NERR_SUCCESS);
    }

    /** MS-SRVS 3.1.4.17 NetrServerGetInfo, levels 100 and 101. */
    private void serverGetInfo(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // Level

        out.i32(level); // InfoStruct, switch
        if (level != SERVER_LEVEL_NAME && level != SERVER_LEVEL_VERSION) {
            if (SERVER_LEVELS_UNSUPPORTED.contains(level)) {
                out.nullPointer();
            }
            out.i32(ERROR_INVALID_LEVEL);
            return;
        }
        out.pointer();
        out.i32(PLATFORM_ID_NT); // platform_id
        out.stringPointer(directory.serverName()); // name
        if (level == SERVER_LEVEL_VERSION) {
            out.i32(VERSION_MAJOR); // version_major
            out.i32(VERSION_MINOR); // version_minor
            out.i32(SERVER_TYPE); // type
            out.stringPointer(directory.serverComment()); // comment
        }
        out.deferred();
        out.i32(NERR_SUCCESS);
    }
}
