package org.smbd.protocol.rpc.lsa;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.account.PrivilegeName;

/** Names and numbers of privileges. MS-LSAD 3.1.4.8 Privilege Methods. */
final class LsaPrivileges {
    /** The language of {@link PrivilegeName#displayName}: English (United States). */
    private static final int LANGUAGE = 0x0409;

    /** MS-LSAD 3.1.4.8.1 LsarEnumeratePrivileges. */
    void enumerate(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        int from = in.i32(); // EnumerationContext
        List<PrivilegeName> all = Arrays.asList(PrivilegeName.values());
        if (from < 0 || from >= all.size()) {
            out.i32(from);
            out.i32(0); // EnumerationBuffer.Entries
            out.nullPointer();
            out.i32(NtStatus.NO_MORE_ENTRIES.code());
            return;
        }
        List<PrivilegeName> rest = all.subList(from, all.size());
        out.i32(all.size()); // EnumerationContext
        out.i32(rest.size()); // Entries
        out.pointer(); // Privileges
        out.i32(rest.size()); // maximum count
        for (PrivilegeName privilege : rest) {
            out.countedString(privilege.toString()); // Name
            luid(privilege, out); // LocalValue
        }
        out.deferred();
        out.i32(NtStatus.SUCCESS.code());
    }

    private static void luid(PrivilegeName privilege, NdrWriter out) {
        out.i32(privilege.luid()); // LowPart
        out.i32(0); // HighPart
    }

    /** MS-LSAD 3.1.4.8.2 LsarLookupPrivilegeValue. */
    void value(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        Optional<PrivilegeName> found = PrivilegeName.of(in.countedString()); // Name
        out.i32(found.map(PrivilegeName::luid).orElse(0)); // Value.LowPart
        out.i32(0); // HighPart
        out.i32((found.isPresent() ? NtStatus.SUCCESS : NtStatus.NO_SUCH_PRIVILEGE).code());
    }

    /** MS-LSAD 3.1.4.8.3 LsarLookupPrivilegeName. */
    void name(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        long low = in.i32() & 0xFFFFFFFFL; // Value.LowPart
        long luid = low | (long) in.i32() << 32; // HighPart
        string(PrivilegeName.of(luid).map(PrivilegeName::toString), out); // Name
    }

    private static void string(Optional<String> text, NdrWriter out) {
        if (text.isPresent()) {
            out.pointer();
            out.countedString(text.get());
            out.deferred();
        } else {
            out.nullPointer();
        }
        out.i32((text.isPresent() ? NtStatus.SUCCESS : NtStatus.NO_SUCH_PRIVILEGE).code());
    }

    /** MS-LSAD 3.1.4.8.4 LsarLookupPrivilegeDisplayName. */
    void displayName(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), Policy.class);
        Optional<PrivilegeName> found = PrivilegeName.of(in.countedString()); // Name
        if (found.isPresent()) {
            out.pointer(); // DisplayName
            out.countedString(found.get().displayName());
            out.deferred();
        } else {
            out.nullPointer();
        }
        out.i16(LANGUAGE); // LanguageReturned
        out.i32((found.isPresent() ? NtStatus.SUCCESS : NtStatus.NO_SUCH_PRIVILEGE).code());
    }
}
