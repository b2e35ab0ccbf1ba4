package org.smbd.protocol.rpc.lsa;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrReader.StringHeader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.account.ClientIdentity;
import org.smbd.protocol.rpc.account.PrivilegeName;
import org.smbd.protocol.rpc.account.Privileges;

/** Who holds which privilege. MS-LSAD 3.1.4.5 Account Object Methods. Only administrators change anything. */
final class LsaAccounts {
    /** An open account object. */
    private record AccountObject(Sid sid) {}

    private final Privileges privileges;
    private final ClientIdentity caller;

    LsaAccounts(Privileges privileges, ClientIdentity caller) {
        this.privileges = privileges;
        this.caller = caller;
    }

    /** MS-LSAD 3.1.4.5.1 LsarCreateAccount, 3.1.4.5.3 LsarOpenAccount: who holds nothing has no object to open. */
    void open(NdrReader in, NdrWriter out, HandleTable handles, boolean create) {
        handles.find(in.contextHandle(), Policy.class);
        Sid sid = in.sid(); // AccountSid
        in.i32(); // DesiredAccess: each operation checks what it needs
        NtStatus status = NtStatus.SUCCESS;
        boolean there = !privileges.of(sid).isEmpty();
        if (create) {
            status = !caller.administrator()
                    ? NtStatus.ACCESS_DENIED
                    : there ? NtStatus.OBJECT_NAME_COLLISION : NtStatus.SUCCESS;
        } else if (!there) {
            status = NtStatus.OBJECT_NAME_NOT_FOUND;
        }
        out.contextHandle(
                status == NtStatus.SUCCESS
                        ? handles.open(new AccountObject(sid))
                        : ContextHandle.NULL); // AccountHandle
        out.i32(status.code());
    }

    /** MS-LSAD 3.1.4.9.3 LsarDeleteObject: an account without privileges is none. */
    void delete(NdrReader in, NdrWriter out, HandleTable handles) {
        ContextHandle handle = in.contextHandle();
        AccountObject account = handles.find(handle, AccountObject.class);
        boolean holdsNothing =
                caller.administrator() && privileges.of(account.sid).isEmpty();
        NtStatus status =
                holdsNothing ? NtStatus.SUCCESS : change(account.sid, Set.of(), EnumSet.allOf(PrivilegeName.class));
        if (status == NtStatus.SUCCESS) {
            handles.close(handle);
            out.contextHandle(ContextHandle.NULL);
        } else {
            out.contextHandle(handle);
        }
        out.i32(status.code());
    }

    /** MS-LSAD 3.1.4.5.2 LsarEnumerateAccounts. */
    void enumerate(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        int from = in.i32(); // EnumerationContext
        List<Sid> all = privileges.holders();
        boolean none = from < 0 || from >= all.size();
        out.i32(none ? from : all.size()); // EnumerationContext
        sids(none ? List.of() : all.subList(from, all.size()), out);
        out.i32((none ? NtStatus.NO_MORE_ENTRIES : NtStatus.SUCCESS).code());
    }

    /** MS-LSAD 2.2.5.2 LSAPR_ACCOUNT_ENUM_BUFFER. */
    private static void sids(List<Sid> sids, NdrWriter out) {
        out.i32(sids.size()); // EntriesRead
        if (sids.isEmpty()) {
            out.nullPointer();
            return;
        }
        out.pointer(); // Information
        out.i32(sids.size()); // maximum count
        sids.forEach(sid -> out.pointer(() -> out.sid(sid)));
        out.deferred();
    }

    /** MS-LSAD 3.1.4.5.4 LsarEnumeratePrivilegesAccount. */
    void privileges(NdrReader in, NdrWriter out, HandleTable handles) {
        Set<PrivilegeName> held = privileges.of(handles.find(in.contextHandle(), AccountObject.class).sid);
        out.pointer(); // Privileges
        out.i32(held.size()); // maximum count
        out.i32(held.size()); // PrivilegeCount
        out.i32(0); // Control
        for (PrivilegeName privilege : held) {
            out.i32(privilege.luid()); // Luid.LowPart
            out.i32(0); // HighPart
            out.i32(0); // Attributes
        }
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-LSAD 3.1.4.5.5 LsarAddPrivilegesToAccount. */
    void addPrivileges(NdrReader in, NdrWriter out, HandleTable handles) {
        AccountObject account = handles.find(in.contextHandle(), AccountObject.class);
        Optional<Set<PrivilegeName>> added = set(in);
        out.i32(added.map(set -> change(account.sid, set, Set.of()))
                .orElse(NtStatus.NO_SUCH_PRIVILEGE)
                .code());
    }

    /** MS-LSAD 3.1.4.5.6 LsarRemovePrivilegesFromAccount. */
    void removePrivileges(NdrReader in, NdrWriter out, HandleTable handles) {
        AccountObject account = handles.find(in.contextHandle(), AccountObject.class);
        boolean all = in.i8() != 0; // AllPrivileges
        Optional<Set<PrivilegeName>> removed = in.pointer() ? set(in) : Optional.of(Set.of()); // Privileges
        out.i32(removed.map(set -> change(account.sid, Set.of(), all ? EnumSet.allOf(PrivilegeName.class) : set))
                .orElse(NtStatus.NO_SUCH_PRIVILEGE)
                .code());
    }

    /** MS-LSAD 2.2.5.5 LSAPR_PRIVILEGE_SET; empty where one of them is none of ours. */
    private static Optional<Set<PrivilegeName>> set(NdrReader in) {
        int announced = in.conformance(12);
        int count = in.i32(); // PrivilegeCount
        in.i32(); // Control
        if (count != announced) {
            throw RpcFault.BAD_STUB_DATA;
        }
        Set<PrivilegeName> set = EnumSet.noneOf(PrivilegeName.class);
        boolean known = true;
        for (int i = 0; i < count; i++) {
            long low = in.i32() & 0xFFFFFFFFL; // Luid.LowPart
            Optional<PrivilegeName> privilege = PrivilegeName.of(low | (long) in.i32() << 32);
            in.i32(); // Attributes
            privilege.ifPresent(set::add);
            known &= privilege.isPresent();
        }
        return known ? Optional.of(set) : Optional.empty();
    }

    private NtStatus change(Sid sid, Set<PrivilegeName> granted, Set<PrivilegeName> taken) {
        if (!caller.administrator()) {
            return NtStatus.ACCESS_DENIED;
        }
        return privileges.change(sid, granted, taken) ? NtStatus.SUCCESS : NtStatus.OBJECT_NAME_NOT_FOUND;
    }

    /** MS-LSAD 3.1.4.5.9 LsarEnumerateAccountsWithUserRight. */
    void withRight(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        Optional<String> name = in.pointer() ? Optional.of(in.countedString()) : Optional.empty(); // UserRight
        Optional<PrivilegeName> right = name.flatMap(PrivilegeName::of);
        if (name.isPresent() && right.isEmpty()) {
            sids(List.of(), out);
            out.i32(NtStatus.NO_SUCH_PRIVILEGE.code());
            return;
        }
        List<Sid> holders = privileges.holders().stream()
                .filter(sid -> right.isEmpty() || privileges.of(sid).contains(right.get()))
                .toList();
        sids(holders, out);
        out.i32((holders.isEmpty() ? NtStatus.NO_MORE_ENTRIES : NtStatus.SUCCESS).code());
    }

    /** MS-LSAD 3.1.4.5.10 LsarEnumerateAccountRights. */
    void rights(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        Set<PrivilegeName> held = privileges.of(in.sid()); // AccountSid
        out.i32(held.size()); // UserRights.Entries
        if (held.isEmpty()) {
            out.nullPointer();
        } else {
            out.pointer(); // UserRights
            out.i32(held.size()); // maximum count
            held.forEach(privilege -> out.countedString(privilege.toString()));
            out.deferred();
        }
        out.i32((held.isEmpty() ? NtStatus.OBJECT_NAME_NOT_FOUND : NtStatus.SUCCESS).code());
    }

    /** MS-LSAD 3.1.4.5.11 LsarAddAccountRights. */
    void addRights(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        Sid sid = in.sid(); // AccountSid
        Optional<Set<PrivilegeName>> added = names(in);
        out.i32(added.map(set -> change(sid, set, Set.of()))
                .orElse(NtStatus.NO_SUCH_PRIVILEGE)
                .code());
    }

    /** MS-LSAD 3.1.4.5.12 LsarRemoveAccountRights. */
    void removeRights(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        Sid sid = in.sid(); // AccountSid
        boolean all = in.i8() != 0; // AllRights
        Optional<Set<PrivilegeName>> removed = names(in);
        out.i32(removed.map(set -> change(sid, Set.of(), all ? EnumSet.allOf(PrivilegeName.class) : set))
                .orElse(NtStatus.NO_SUCH_PRIVILEGE)
                .code());
    }

    /** MS-LSAD 2.2.5.3 LSAPR_USER_RIGHT_SET; empty where one of them is none of ours. */
    private static Optional<Set<PrivilegeName>> names(NdrReader in) {
        int entries = in.i32(); // Entries
        if (!in.pointer()) { // UserRights
            return Optional.of(Set.of());
        }
        int count = in.conformance(8);
        if (count != entries) {
            throw RpcFault.BAD_STUB_DATA;
        }
        List<StringHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(in.countedStringHeader());
        }
        Set<PrivilegeName> set = EnumSet.noneOf(PrivilegeName.class);
        boolean known = true;
        for (StringHeader header : headers) {
            Optional<PrivilegeName> privilege = PrivilegeName.of(in.characters(header));
            privilege.ifPresent(set::add);
            known &= privilege.isPresent();
        }
        return known ? Optional.of(set) : Optional.empty();
    }
}
