package org.smbd.protocol.rpc.samr;

import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.account.AccountDirectory;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.account.SidNames;

/**
 * The security account manager, read only but for passwords, which their owners change. MS-SAMR 3.1.5 Message
 * Processing Events and Sequencing Rules.
 */
public final class Samr implements RpcInterface {
    /** Clients open this pipe. */
    public static final String PIPE = "samr";

    /** 12345778-1234-abcd-ef00-0123456789ac, version 1.0: MS-SAMR 2.1 Transport. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0xABCD_1234_1234_5778L, 0xAC89_6745_2301_00EFL), 1);

    private final SamDomains domains;
    private final SamMembers members;
    private final SamUsers users;
    private final SamPasswords passwords;
    private final ClientIdentity caller;

    public Samr(SidNames names, AccountDirectory accounts, ClientIdentity caller) {
        this.domains = new SamDomains(names, accounts);
        this.members = new SamMembers(names, accounts);
        this.users = new SamUsers(accounts);
        this.passwords = new SamPasswords(accounts);
        this.caller = caller;
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case 0, 57, 62, 64 -> connect(opnum, in, out, handles);
            case 1 -> close(in, out, handles); // SamrCloseHandle
            case 3 -> domains.querySecurity(in, out, handles); // SamrQuerySecurityObject
            case 5 -> domains.lookUp(in, out, handles); // SamrLookupDomainInSamServer
            case 6 -> domains.enumerate(in, out, handles); // SamrEnumerateDomainsInSamServer
            case 7 -> domains.open(in, out, handles); // SamrOpenDomain
            case 8, 46 -> domains.query(in, out, handles); // SamrQueryInformationDomain, ...Domain2
            case 11 -> members.enumerateGroups(in, out, handles); // SamrEnumerateGroupsInDomain
            case 13 -> members.enumerateUsers(in, out, handles); // SamrEnumerateUsersInDomain
            case 15 -> members.enumerateAliases(in, out, handles); // SamrEnumerateAliasesInDomain
            case 16 -> members.aliasMembership(in, out, handles); // SamrGetAliasMembership
            case 17 -> members.lookUpNames(in, out, handles); // SamrLookupNamesInDomain
            case 18 -> members.lookUpIds(in, out, handles); // SamrLookupIdsInDomain
            case 19 -> members.openGroup(in, out, handles); // SamrOpenGroup
            case 20 -> members.queryGroup(in, out, handles); // SamrQueryInformationGroup
            case 25 -> members.groupMembers(in, out, handles); // SamrGetMembersInGroup
            case 27 -> members.openAlias(in, out, handles); // SamrOpenAlias
            case 28 -> members.queryAlias(in, out, handles); // SamrQueryInformationAlias
            case 33 -> members.aliasMembers(in, out, handles); // SamrGetMembersInAlias
            case 34 -> users.open(in, out, handles); // SamrOpenUser
            case 36, 47 -> users.query(in, out, handles); // SamrQueryInformationUser, ...User2
            case 39 -> users.groups(in, out, handles); // SamrGetGroupsForUser
            case 40, 48, 51 -> users.display(in, out, handles); // SamrQueryDisplayInformation, ...2, ...3
            case 44 -> users.passwordRules(in, out, handles); // SamrGetUserDomainPasswordInformation
            case 55 -> passwords.change(in, out, false); // SamrUnicodeChangePasswordUser2
            case 56 -> domains.passwordRules(in, out); // SamrGetDomainPasswordInformation
            case 63 -> passwords.change(in, out, true); // SamrUnicodeChangePasswordUser3
            case 65 -> domains.sidOf(in, out, handles); // SamrRidToSid
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }

    /** MS-SAMR 3.1.5.1.1 SamrConnect5, .2 SamrConnect4, .3 SamrConnect2, .4 SamrConnect. */
    private void connect(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        if (in.pointer()) { // ServerName
            if (opnum == 0) {
                in.i16();
            } else {
                in.wideString();
            }
        }
        if (opnum == 62) {
            in.i32(); // ClientRevision
        }
        in.i32(); // DesiredAccess: each operation checks what it needs
        if (opnum == 64) {
            int version = in.i32(); // InVersion
            if (version != 1 || in.i32() != version) {
                throw RpcFault.BAD_STUB_DATA;
            }
            in.i32(); // InRevisionInfo.V1.Revision
            in.i32(); // SupportedFeatures
            out.i32(1); // OutVersion
            out.i32(1); // switch
            out.i32(3); // OutRevisionInfo.V1.Revision: that of a client that needs no workaround
            out.i32(0); // SupportedFeatures
        }
        boolean refused = caller.anonymous();
        out.contextHandle(refused ? ContextHandle.NULL : SamObject.open(new SamObject.Server(), handles));
        out.i32((refused ? NtStatus.ACCESS_DENIED : NtStatus.SUCCESS).code());
    }

    /** MS-SAMR 3.1.5.13.1 SamrCloseHandle. */
    private static void close(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.close(in.contextHandle());
        out.contextHandle(ContextHandle.NULL);
        out.i32(NtStatus.SUCCESS.code());
    }
}
