package org.smbd.protocol.rpc.lsa;

import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.RpcInterface;
import org.smbd.protocol.rpc.SyntaxId;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.account.Privileges;
import org.smbd.protocol.rpc.account.SidNames;

/**
 * The local security authority, as far as a file server's clients ask it. MS-LSAD 3.1.4 and MS-LSAT 3.1.4 Message
 * Processing Events and Sequencing Rules.
 */
public final class Lsarpc implements RpcInterface {
    /** Clients open this pipe. */
    public static final String PIPE = "lsarpc";

    /** 12345778-1234-abcd-ef00-0123456789ab, version 0.0: MS-LSAD 2.1 Transport. */
    public static final SyntaxId SYNTAX = new SyntaxId(new Guid(0xABCD_1234_1234_5778L, 0xAB89_6745_2301_00EFL), 0);

    private final LsaPolicies policies;
    private final LsaLookups lookups;
    private final LsaPrivileges privileges = new LsaPrivileges();
    private final LsaAccounts accounts;

    public Lsarpc(SidNames names, Privileges privileges, ClientIdentity caller) {
        this.policies = new LsaPolicies(names, caller);
        this.lookups = new LsaLookups(names);
        this.accounts = new LsaAccounts(privileges, caller);
    }

    @Override
    public SyntaxId syntax() {
        return SYNTAX;
    }

    @Override
    public void call(int opnum, NdrReader in, NdrWriter out, HandleTable handles) {
        switch (opnum) {
            case 0 -> close(in, out, handles); // LsarClose
            case 1 -> { // LsarDelete, which LsarDeleteObject took the place of
                handles.check(in.contextHandle());
                out.i32(NtStatus.NOT_SUPPORTED.code());
            }
            case 34 -> accounts.delete(in, out, handles); // LsarDeleteObject
            case 2 -> privileges.enumerate(in, out, handles); // LsarEnumeratePrivileges
            case 3 -> policies.querySecurity(in, out, handles); // LsarQuerySecurityObject
            case 6 -> policies.open(in, out, handles, false); // LsarOpenPolicy
            case 7, 46 -> policies.query(in, out, handles); // LsarQueryInformationPolicy, ...Policy2
            case 10, 17 -> accounts.open(in, out, handles, opnum == 10); // LsarCreateAccount, LsarOpenAccount
            case 11 -> accounts.enumerate(in, out, handles); // LsarEnumerateAccounts
            case 13 -> policies.noTrustedDomains(in, out, handles); // LsarEnumerateTrustedDomains
            case 14 -> lookups.names(in, out, handles); // LsarLookupNames
            case 15 -> lookups.sids(in, out, handles, false); // LsarLookupSids
            case 18 -> accounts.privileges(in, out, handles); // LsarEnumeratePrivilegesAccount
            case 19 -> accounts.addPrivileges(in, out, handles); // LsarAddPrivilegesToAccount
            case 20 -> accounts.removePrivileges(in, out, handles); // LsarRemovePrivilegesFromAccount
            case 31 -> privileges.value(in, out, handles); // LsarLookupPrivilegeValue
            case 32 -> privileges.name(in, out, handles); // LsarLookupPrivilegeName
            case 33 -> privileges.displayName(in, out, handles); // LsarLookupPrivilegeDisplayName
            case 35 -> accounts.withRight(in, out, handles); // LsarEnumerateAccountsWithUserRight
            case 36 -> accounts.rights(in, out, handles); // LsarEnumerateAccountRights
            case 37 -> accounts.addRights(in, out, handles); // LsarAddAccountRights
            case 38 -> accounts.removeRights(in, out, handles); // LsarRemoveAccountRights
            case 44 -> policies.open(in, out, handles, true); // LsarOpenPolicy2
            case 45 -> policies.userName(in, out); // LsarGetUserName
            case 50 -> policies.noTrustedDomains(in, out, handles); // LsarEnumerateTrustedDomainsEx
            case 57 -> lookups.sids(in, out, handles, true); // LsarLookupSids2
            case 58 -> lookups.names2(in, out, handles); // LsarLookupNames2
            case 68 -> lookups.names3(in, out, handles); // LsarLookupNames3
            // LsarLookupSids3, LsarLookupNames4: for members of a domain that have a secure channel to it.
            case 76, 77 -> throw RpcFault.ACCESS_DENIED;
            default -> throw RpcFault.OPERATION_RANGE;
        }
    }

    /** MS-LSAD 3.1.4.9.4 LsarClose. */
    private static void close(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.close(in.contextHandle());
        out.contextHandle(ContextHandle.NULL);
        out.i32(NtStatus.SUCCESS.code());
    }
}
