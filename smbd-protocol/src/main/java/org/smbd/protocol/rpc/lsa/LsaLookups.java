package org.smbd.protocol.rpc.lsa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrReader.StringHeader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.account.NamedSid;
import org.smbd.protocol.rpc.account.SidNames;
import org.smbd.protocol.rpc.account.SidUse;

/** SIDs to names and back. MS-LSAT 3.1.4 Message Processing Events and Sequencing Rules. */
final class LsaLookups {
    /** Entries of one question: MS-LSAT 2.2.16 LSAPR_SID_ENUM_BUFFER allows 20,480, 3.1.4.8 names 1,000. */
    static final int NAMES_MAX = 1_000;

    static final int SIDS_MAX = 20_480;

    private final SidNames names;

    LsaLookups(SidNames names) {
        this.names = names;
    }

    /** How the SID of a translated name is told. */
    private enum Form {
        RELATIVE,
        RELATIVE_FLAGS,
        WHOLE
    }

    /** MS-LSAT 3.1.4.11 LsarLookupSids, 3.1.4.10 LsarLookupSids2. */
    void sids(NdrReader in, NdrWriter out, HandleTable handles, boolean second) {
        handles.find(in.contextHandle(), Policy.class);
        int entries = in.i32(); // SidEnumBuffer.Entries
        List<Sid> sids = in.pointer() ? sids(in) : List.of(); // SidInfo
        if (sids.size() != entries || entries > SIDS_MAX) {
            throw RpcFault.BAD_STUB_DATA;
        }
        // TranslatedNames, LookupLevel and what follows say nothing that counts here.
        ReferencedDomains domains = new ReferencedDomains();
        List<Optional<NamedSid>> found = new ArrayList<>(sids.size());
        sids.forEach(sid -> found.add(names.find(sid)));
        List<Integer> indexes = found.stream().map(domains::index).toList();
        domains.write(out);
        out.i32(found.size()); // TranslatedNames.Entries
        if (found.isEmpty()) {
            out.nullPointer();
        } else {
            out.pointer(); // Names
            out.i32(found.size()); // maximum count
            for (int i = 0; i < found.size(); i++) {
                Optional<NamedSid> entry = found.get(i);
                out.align(4);
                out.i16(entry.map(NamedSid::use).orElse(SidUse.UNKNOWN).code()); // Use
                out.countedString(entry.map(NamedSid::name).orElse(sids.get(i).toString())); // Name
                out.i32(indexes.get(i)); // DomainIndex
                if (second) {
                    out.i32(0); // Flags
                }
            }
            out.deferred();
        }
        end(found, out);
    }

    private static List<Sid> sids(NdrReader in) {
        int count = in.conformance(4);
        boolean[] present = new boolean[count];
        for (int i = 0; i < count; i++) {
            present[i] = in.pointer(); // Sid
        }
        List<Sid> sids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (!present[i]) {
                throw RpcFault.BAD_STUB_DATA;
            }
            sids.add(in.sid());
        }
        return sids;
    }

    /** MS-LSAT 3.1.4.8 LsarLookupNames. */
    void names(NdrReader in, NdrWriter out, HandleTable handles) {
        names(in, out, handles, Form.RELATIVE);
    }

    /** MS-LSAT 3.1.4.7 LsarLookupNames2. */
    void names2(NdrReader in, NdrWriter out, HandleTable handles) {
        names(in, out, handles, Form.RELATIVE_FLAGS);
    }

    /** MS-LSAT 3.1.4.6 LsarLookupNames3. */
    void names3(NdrReader in, NdrWriter out, HandleTable handles) {
        names(in, out, handles, Form.WHOLE);
    }

    private void names(NdrReader in, NdrWriter out, HandleTable handles, Form form) {
        handles.find(in.contextHandle(), Policy.class);
        int count = in.i32(); // Count
        if (count < 0 || count > NAMES_MAX || in.conformance(8) != count) { // Names
            throw RpcFault.BAD_STUB_DATA;
        }
        List<StringHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(in.countedStringHeader());
        }
        ReferencedDomains domains = new ReferencedDomains();
        List<Optional<NamedSid>> found = new ArrayList<>(count);
        for (StringHeader header : headers) {
            found.add(find(in.characters(header)));
        }
        List<Integer> indexes = found.stream().map(domains::index).toList();
        domains.write(out);
        out.i32(found.size()); // TranslatedSids.Entries
        if (found.isEmpty()) {
            out.nullPointer();
        } else {
            out.pointer(); // Sids
            out.i32(found.size()); // maximum count
            for (int i = 0; i < found.size(); i++) {
                write(found.get(i), indexes.get(i), form, out);
            }
            out.deferred();
        }
        end(found, out);
    }

    private static void write(Optional<NamedSid> entry, int domainIndex, Form form, NdrWriter out) {
        out.align(4);
        out.i16(entry.map(NamedSid::use).orElse(SidUse.UNKNOWN).code()); // Use
        if (form != Form.WHOLE) {
            boolean domain = entry.filter(named -> named.use() == SidUse.DOMAIN).isPresent();
            out.i32(domain ? -1 : entry.map(NamedSid::rid).orElse(0)); // RelativeId
        } else if (entry.isPresent()) {
            out.pointer(() -> out.sid(entry.get().sid())); // Sid
        } else {
            out.nullPointer();
        }
        out.i32(domainIndex); // DomainIndex
        if (form != Form.RELATIVE) {
            out.i32(0); // Flags
        }
    }

    /** {@code DOMAIN\name}, {@code name@DOMAIN}, a name alone, or a domain alone. */
    private Optional<NamedSid> find(String text) {
        if (text.isEmpty()) {
            return names.find("BUILTIN", ""); // as Windows since 2003
        }
        int backslash = text.indexOf('\\');
        if (backslash >= 0) {
            return names.find(text.substring(0, backslash), text.substring(backslash + 1));
        }
        Optional<NamedSid> whole = names.find("", text).or(() -> names.find(text, ""));
        int at = text.lastIndexOf('@');
        return whole.isEmpty() && at > 0 ? names.find(text.substring(at + 1), text.substring(0, at)) : whole;
    }

    private static void end(List<Optional<NamedSid>> found, NdrWriter out) {
        int mapped = (int) found.stream().filter(Optional::isPresent).count();
        NtStatus status = mapped == found.size()
                ? NtStatus.SUCCESS
                : mapped == 0 ? NtStatus.NONE_MAPPED : NtStatus.SOME_NOT_MAPPED;
        out.i32(mapped); // MappedCount
        out.i32(status.code());
    }
}
