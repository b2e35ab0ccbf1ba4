package org.smbd.protocol.rpc.lsa;

import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Guid;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.account.ObjectDescriptor;
import org.smbd.protocol.rpc.account.SidNames;

/** The policy object: which domain this is, and who calls. MS-LSAD 3.1.4.4 Policy Object Methods. */
final class LsaPolicies {
    private static final int AUDIT_EVENTS_INFORMATION = 2;
    private static final int PRIMARY_DOMAIN_INFORMATION = 3;
    private static final int ACCOUNT_DOMAIN_INFORMATION = 5;
    private static final int LSA_SERVER_ROLE_INFORMATION = 6;
    private static final int DNS_DOMAIN_INFORMATION = 12;

    /** MS-LSAD 2.2.4.9 POLICY_LSA_SERVER_ROLE: PolicyServerRolePrimary. */
    private static final int ROLE_PRIMARY = 3;

    private static final int POLICY_READ_AND_EXECUTE = 0x00020801;
    private static final int POLICY_ALL_ACCESS = 0x000F0FFF;

    private final SidNames names;
    private final ClientIdentity caller;

    LsaPolicies(SidNames names, ClientIdentity caller) {
        this.names = names;
        this.caller = caller;
    }

    /** MS-LSAD 3.1.4.4.1 LsarOpenPolicy2, 3.1.4.4.2 LsarOpenPolicy. */
    void open(NdrReader in, NdrWriter out, HandleTable handles, boolean longName) {
        if (in.pointer()) { // SystemName
            if (longName) {
                in.wideString();
            } else {
                in.i16();
            }
        }
        skipObjectAttributes(in);
        in.i32(); // DesiredAccess: each operation checks what it needs
        out.contextHandle(handles.open(new Policy())); // PolicyHandle
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-LSAD 2.2.2.4 LSAPR_OBJECT_ATTRIBUTES: only its length counts, and nobody checks that. */
    private static void skipObjectAttributes(NdrReader in) {
        in.i32(); // Length
        boolean root = in.pointer(); // RootDirectory
        boolean name = in.pointer(); // ObjectName
        in.i32(); // Attributes
        boolean descriptor = in.pointer(); // SecurityDescriptor
        boolean quality = in.pointer(); // SecurityQualityOfService
        if (root) {
            in.i8();
        }
        if (name || descriptor) {
            throw RpcFault.BAD_STUB_DATA; // nobody sends them
        }
        if (quality) {
            in.i32(); // Length
            in.i16(); // ImpersonationLevel
            in.i8(); // ContextTrackingMode
            in.i8(); // EffectiveOnly
        }
    }

    /** MS-LSAD 3.1.4.4.3 LsarQueryInformationPolicy2, 3.1.4.4.4 LsarQueryInformationPolicy. */
    void query(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        int level = in.i16(); // InformationClass
        switch (level) {
            case AUDIT_EVENTS_INFORMATION -> {
                begin(level, out);
                out.align(4);
                out.i8(0); // AuditingMode: off
                out.nullPointer(); // EventAuditingOptions
                out.i32(0); // MaximumAuditEventCount
            }
            case PRIMARY_DOMAIN_INFORMATION -> {
                begin(level, out);
                out.countedString(names.workgroup()); // Name
                out.nullPointer(); // Sid: it is no domain
            }
            case ACCOUNT_DOMAIN_INFORMATION -> {
                begin(level, out);
                out.countedString(names.accountDomain()); // DomainName
                sid(names.machineSid(), out); // DomainSid
            }
            case LSA_SERVER_ROLE_INFORMATION -> {
                begin(level, out);
                out.i32(ROLE_PRIMARY); // LsaServerRole: 32 bits, as Windows sends it
            }
            case DNS_DOMAIN_INFORMATION -> {
                begin(level, out);
                out.countedString(names.workgroup()); // Name
                out.countedString(""); // DnsDomainName
                out.countedString(""); // DnsForestName
                out.bytes(new byte[Guid.SIZE_BYTES]); // DomainGuid
                out.nullPointer(); // Sid
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

    private static void begin(int level, NdrWriter out) {
        out.pointer(); // PolicyInformation
        out.i16(level); // switch
    }

    private static void sid(Sid sid, NdrWriter out) {
        out.pointer(() -> out.sid(sid));
    }

    /** MS-LSAD 3.1.4.9.1 LsarQuerySecurityObject: everybody may look things up, administrators do all. */
    void querySecurity(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.check(in.contextHandle());
        in.i32(); // SecurityInformation
        ObjectDescriptor.write(POLICY_READ_AND_EXECUTE, POLICY_ALL_ACCESS, out);
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-LSAD 3.1.4.7.8 LsarEnumerateTrustedDomains, 3.1.4.7.10 ...Ex: there is none. */
    void noTrustedDomains(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        in.i32(); // EnumerationContext
        in.i32(); // PreferedMaximumLength
        out.i32(0); // EnumerationContext
        out.i32(0); // EnumerationBuffer.EntriesRead
        out.nullPointer(); // Information
        out.i32(NtStatus.NO_MORE_ENTRIES.code());
    }

    /** MS-LSAT 3.1.4.2 LsarGetUserName. */
    void userName(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // SystemName
        if (in.pointer()) { // UserName
            in.countedString();
        }
        boolean wantsDomain = in.pointer(); // DomainName
        if (wantsDomain && in.pointer()) {
            in.countedString();
        }
        string(caller.anonymous() ? "ANONYMOUS LOGON" : caller.account(), out);
        if (wantsDomain) {
            out.pointer();
            string(caller.anonymous() ? "NT AUTHORITY" : caller.domain(), out);
        } else {
            out.nullPointer();
        }
        out.i32(NtStatus.SUCCESS.code());
    }

    private static void string(String text, NdrWriter out) {
        out.pointer();
        out.countedString(text);
        out.deferred();
    }
}
