package org.smbd.protocol.rpc.samr;

import java.util.List;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.account.AccountDirectory;
import org.smbd.protocol.rpc.account.ObjectDescriptor;
import org.smbd.protocol.rpc.account.SidNames;

/** The two domains of a server: its accounts, and BUILTIN. MS-SAMR 3.1.5.2 to 3.1.5.5. */
final class SamDomains {
    static final String BUILTIN = "Builtin";
    static final Sid BUILTIN_SID = Sid.of(5, 32);

    private static final int PASSWORD_INFORMATION = 1;
    private static final int GENERAL_INFORMATION = 2;
    private static final int LOGOFF_INFORMATION = 3;
    private static final int OEM_INFORMATION = 4;
    private static final int NAME_INFORMATION = 5;
    private static final int REPLICATION_INFORMATION = 6;
    private static final int SERVER_ROLE_INFORMATION = 7;
    private static final int MODIFIED_INFORMATION = 8;
    private static final int STATE_INFORMATION = 9;
    private static final int LOCKOUT_INFORMATION = 12;

    /** MS-SAMR 2.2.4.1: DomainServerRolePrimary, DomainServerEnabled. */
    private static final int ROLE_PRIMARY = 3;

    private static final int STATE_ENABLED = 1;
    /** Never, as a difference of times. */
    private static final long NEVER = Long.MIN_VALUE;

    private static final int READ_AND_EXECUTE = 0x00020031;
    private static final int ALL_ACCESS = 0x000F003F;

    private final SidNames names;
    private final AccountDirectory accounts;

    SamDomains(SidNames names, AccountDirectory accounts) {
        this.names = names;
        this.accounts = accounts;
    }

    /** MS-SAMR 3.1.5.11.1 SamrLookupDomainInSamServer. */
    void lookUp(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.Server.class);
        String name = in.countedString(); // Name
        boolean builtin = name.equalsIgnoreCase(BUILTIN);
        if (!builtin && !name.equalsIgnoreCase(names.accountDomain())) {
            out.nullPointer(); // DomainId
            out.i32(NtStatus.NO_SUCH_DOMAIN.code());
            return;
        }
        out.pointer();
        out.sid(builtin ? BUILTIN_SID : names.machineSid());
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-SAMR 3.1.5.2.1 SamrEnumerateDomainsInSamServer. */
    void enumerate(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.Server.class);
        Enumeration.write(
                in.i32(), // EnumerationContext
                List.of(new Enumeration.Entry(0, names.accountDomain()), new Enumeration.Entry(1, BUILTIN)),
                out);
    }

    /** MS-SAMR 3.1.5.1.5 SamrOpenDomain. */
    void open(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.Server.class);
        in.i32(); // DesiredAccess
        Sid sid = in.sid(); // DomainId
        boolean known = sid.equals(BUILTIN_SID) || sid.equals(names.machineSid());
        out.contextHandle(
                known ? SamObject.open(new SamObject.Domain(sid.equals(BUILTIN_SID)), handles) : ContextHandle.NULL);
        out.i32((known ? NtStatus.SUCCESS : NtStatus.NO_SUCH_DOMAIN).code());
    }

    /** MS-SAMR 3.1.5.5.1 SamrQueryInformationDomain2. */
    void query(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        int level = in.i16(); // DomainInformationClass
        switch (level) {
            case PASSWORD_INFORMATION -> {
                begin(level, out);
                out.align(4);
                out.i16(0); // MinPasswordLength
                out.i16(0); // PasswordHistoryLength
                out.i32(0); // PasswordProperties
                old(NEVER, out); // MaxPasswordAge
                old(0, out); // MinPasswordAge
            }
            case GENERAL_INFORMATION -> general(domain, level, out);
            case LOGOFF_INFORMATION -> {
                begin(level, out);
                old(NEVER, out); // ForceLogoff
            }
            case OEM_INFORMATION, REPLICATION_INFORMATION -> {
                begin(level, out);
                out.countedString("");
            }
            case NAME_INFORMATION -> {
                begin(level, out);
                out.countedString(name(domain)); // DomainName
            }
            case SERVER_ROLE_INFORMATION -> {
                begin(level, out);
                out.i32(ROLE_PRIMARY);
            }
            case MODIFIED_INFORMATION -> {
                begin(level, out);
                old(1, out); // DomainModifiedCount
                old(0, out); // CreationTime
            }
            case STATE_INFORMATION -> {
                begin(level, out);
                out.i32(STATE_ENABLED);
            }
            case LOCKOUT_INFORMATION -> {
                begin(level, out);
                out.i64(0); // LockoutDuration
                out.i64(0); // LockoutObservationWindow
                out.i16(0); // LockoutThreshold: nobody is locked out
            }
            default -> {
                out.nullPointer();
                out.i32(NtStatus.INVALID_INFO_CLASS.code());
                return;
            }
        }
        out.deferred();
        out.i32(NtStatus.SUCCESS.code());
    }

    private void general(SamObject.Domain domain, int level, NdrWriter out) {
        begin(level, out);
        old(NEVER, out); // ForceLogoff
        out.countedString(""); // OemInformation
        out.countedString(name(domain)); // DomainName
        out.countedString(""); // ReplicaSourceNodeName
        old(1, out); // DomainModifiedCount
        out.i32(STATE_ENABLED); // DomainServerState
        out.i32(ROLE_PRIMARY); // DomainServerRole
        out.i8(0); // UasCompatibilityRequired
        out.i32(domain.builtin() ? 0 : accounts.accounts().size()); // UserCount
        out.i32(domain.builtin() ? 0 : 1); // GroupCount
        out.i32(domain.builtin() ? accounts.aliases().size() : 0); // AliasCount
    }

    private String name(SamObject.Domain domain) {
        return domain.builtin() ? BUILTIN : names.accountDomain();
    }

    private static void begin(int level, NdrWriter out) {
        out.pointer(); // Buffer
        out.i16(level); // switch
    }

    /** MS-SAMR 2.2.2.2 OLD_LARGE_INTEGER, which is aligned as its halves. */
    static void old(long value, NdrWriter out) {
        out.i32((int) value); // LowPart
        out.i32((int) (value >>> 32)); // HighPart
    }

    /** MS-SAMR 3.1.5.13.3 SamrGetDomainPasswordInformation: no rules. */
    void passwordRules(NdrReader in, NdrWriter out) {
        if (in.pointer()) { // Unused
            in.countedString();
        }
        out.align(4);
        out.i16(0); // MinPasswordLength
        out.i32(0); // PasswordProperties
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-SAMR 3.1.5.13.8 SamrRidToSid. */
    void sidOf(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject object = handles.find(in.contextHandle(), SamObject.class);
        int rid = in.i32(); // Rid
        boolean builtin =
                object instanceof SamObject.Domain domain && domain.builtin() || object instanceof SamObject.Alias;
        out.pointer();
        out.sid((builtin ? BUILTIN_SID : names.machineSid()).child(rid));
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-SAMR 3.1.5.12.2 SamrQuerySecurityObject: everybody reads, administrators may more. */
    void querySecurity(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.class);
        in.i32(); // SecurityInformation
        ObjectDescriptor.write(READ_AND_EXECUTE, ALL_ACCESS, out);
        out.i32(NtStatus.SUCCESS.code());
    }
}
