package org.smbd.protocol.rpc.samr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrReader.StringHeader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.RpcFault;
import org.smbd.protocol.rpc.account.AccountDirectory;
import org.smbd.protocol.rpc.account.AliasEntry;
import org.smbd.protocol.rpc.account.NamedSid;
import org.smbd.protocol.rpc.account.SidNames;
import org.smbd.protocol.rpc.account.SidUse;

/** What is in a domain: users, one group, in BUILTIN the local groups. MS-SAMR 3.1.5.1, 3.1.5.2, 3.1.5.8, 3.1.5.11. */
final class SamMembers {
    /** MS-DTYP 2.4.2.4: DOMAIN_USERS. On a server that is no domain controller it is called None. */
    static final int GROUP_RID = 513;

    static final String GROUP_NAME = "None";
    /** MS-SAMR 2.2.1.10: SE_GROUP_MANDATORY, SE_GROUP_ENABLED_BY_DEFAULT, SE_GROUP_ENABLED. */
    static final int GROUP_ATTRIBUTES = 7;

    /** MS-SAMR 3.1.5.11.2: names and ids of one question. */
    static final int ENTRIES_MAX = 1_000;

    private static final int GROUP_GENERAL_INFORMATION = 1;
    private static final int GROUP_NAME_INFORMATION = 2;
    private static final int GROUP_ATTRIBUTE_INFORMATION = 3;
    private static final int GROUP_ADMIN_COMMENT_INFORMATION = 4;
    private static final int ALIAS_GENERAL_INFORMATION = 1;
    private static final int ALIAS_NAME_INFORMATION = 2;
    private static final int ALIAS_ADMIN_COMMENT_INFORMATION = 3;

    private final SidNames names;
    private final AccountDirectory accounts;

    SamMembers(SidNames names, AccountDirectory accounts) {
        this.names = names;
        this.accounts = accounts;
    }

    /** MS-SAMR 3.1.5.2.4 SamrEnumerateUsersInDomain. */
    void enumerateUsers(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        int from = in.i32(); // EnumerationContext
        int control = in.i32(); // UserAccountControl: only accounts with all of these bits; 0 for all
        List<Enumeration.Entry> entries = domain.builtin()
                ? List.of()
                : accounts.accounts().stream()
                        .filter(account -> (SamUsers.accountControl(account) & control) == control)
                        .map(account -> new Enumeration.Entry(account.rid(), account.name()))
                        .toList();
        Enumeration.write(from, entries, out);
    }

    /** MS-SAMR 3.1.5.2.2 SamrEnumerateGroupsInDomain. */
    void enumerateGroups(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        Enumeration.write(
                in.i32(), // EnumerationContext
                domain.builtin() ? List.of() : List.of(new Enumeration.Entry(GROUP_RID, GROUP_NAME)),
                out);
    }

    /** MS-SAMR 3.1.5.2.3 SamrEnumerateAliasesInDomain. */
    void enumerateAliases(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        Enumeration.write(
                in.i32(), // EnumerationContext
                domain.builtin()
                        ? accounts.aliases().stream()
                                .map(alias -> new Enumeration.Entry(alias.rid(), alias.name()))
                                .toList()
                        : List.of(),
                out);
    }

    /** MS-SAMR 3.1.5.9.2 SamrGetAliasMembership: which local groups any of these SIDs is a member of. */
    void aliasMembership(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        int count = in.i32(); // SidArray.Count
        List<Sid> sids = new ArrayList<>();
        if (in.pointer()) { // Sids
            int pointers = in.conformance(4);
            for (int i = 0; i < pointers; i++) {
                if (!in.pointer()) {
                    throw RpcFault.BAD_STUB_DATA;
                }
            }
            for (int i = 0; i < pointers; i++) {
                sids.add(in.sid());
            }
        }
        if (sids.size() != count) {
            throw RpcFault.BAD_STUB_DATA;
        }
        List<Integer> rids = domain.builtin()
                ? accounts.aliases().stream()
                        .filter(alias -> sids.stream().anyMatch(alias.members()::contains))
                        .map(AliasEntry::rid)
                        .toList()
                : List.of();
        numbers(rids, out); // Membership
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-SAMR 2.2.3.11 SAMPR_ULONG_ARRAY. */
    private static void numbers(List<Integer> values, NdrWriter out) {
        out.i32(values.size()); // Count
        out.pointer(); // Element: there also where it has none, as Windows has it
        out.i32(values.size()); // maximum count
        values.forEach(out::i32);
    }

    /** MS-SAMR 3.1.5.11.2 SamrLookupNamesInDomain. */
    void lookUpNames(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        int count = varyingCount(in, 8);
        List<StringHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(in.countedStringHeader());
        }
        List<Optional<NamedSid>> found = new ArrayList<>(count);
        for (StringHeader header : headers) {
            found.add(names.find(domainName(domain), in.characters(header)));
        }
        numbers(map(found, entry -> entry.map(NamedSid::rid).orElse(0)), out); // RelativeIds
        uses(found, out);
    }

    /** MS-SAMR 3.1.5.11.3 SamrLookupIdsInDomain. */
    void lookUpIds(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        int count = varyingCount(in, 4);
        Sid domainSid = domain.builtin() ? SamDomains.BUILTIN_SID : names.machineSid();
        List<Optional<NamedSid>> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            found.add(names.find(domainSid.child(in.i32()))); // RelativeIds
        }
        out.i32(count); // Names.Count
        if (count == 0) {
            out.nullPointer();
        } else {
            out.pointer(); // Element
            out.i32(count); // maximum count
            found.forEach(entry -> out.countedString(entry.map(NamedSid::name).orElse("")));
            out.deferred();
        }
        uses(found, out);
    }

    /** Count, and an array of which so much is there: C706 14.3.3.4 Conformant and varying arrays. */
    private static int varyingCount(NdrReader in, int elementBytesMin) {
        int count = in.i32(); // Count
        in.i32(); // maximum count
        int offset = in.i32(); // offset
        if (offset != 0 || count < 0 || count > ENTRIES_MAX || in.conformance(elementBytesMin) != count) {
            throw RpcFault.BAD_STUB_DATA;
        }
        return count;
    }

    private static void uses(List<Optional<NamedSid>> found, NdrWriter out) {
        numbers(
                map(
                        found,
                        entry -> entry.map(NamedSid::use).orElse(SidUse.UNKNOWN).code()),
                out); // Use
        int mapped = (int) found.stream().filter(Optional::isPresent).count();
        NtStatus status = mapped == found.size()
                ? NtStatus.SUCCESS
                : mapped == 0 ? NtStatus.NONE_MAPPED : NtStatus.SOME_NOT_MAPPED;
        out.i32(status.code());
    }

    private static List<Integer> map(List<Optional<NamedSid>> found, Function<Optional<NamedSid>, Integer> number) {
        return found.stream().map(number).toList();
    }

    private String domainName(SamObject.Domain domain) {
        return domain.builtin() ? SamDomains.BUILTIN : names.accountDomain();
    }

    /** MS-SAMR 3.1.5.1.7 SamrOpenGroup. */
    void openGroup(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        in.i32(); // DesiredAccess
        boolean known = !domain.builtin() && in.i32() == GROUP_RID; // GroupId
        out.contextHandle(known ? SamObject.open(new SamObject.Group(), handles) : ContextHandle.NULL);
        out.i32((known ? NtStatus.SUCCESS : NtStatus.NO_SUCH_GROUP).code());
    }

    /** MS-SAMR 3.1.5.5.3 SamrQueryInformationGroup. */
    void queryGroup(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.Group.class);
        int level = in.i16(); // GroupInformationClass
        switch (level) {
            case GROUP_GENERAL_INFORMATION -> {
                begin(level, out);
                out.countedString(GROUP_NAME); // Name
                out.i32(GROUP_ATTRIBUTES); // Attributes
                out.i32(accounts.accounts().size()); // MemberCount
                out.countedString("Ordinary Users"); // AdminComment
            }
            case GROUP_NAME_INFORMATION -> {
                begin(level, out);
                out.countedString(GROUP_NAME);
            }
            case GROUP_ATTRIBUTE_INFORMATION -> {
                begin(level, out);
                out.i32(GROUP_ATTRIBUTES);
            }
            case GROUP_ADMIN_COMMENT_INFORMATION -> {
                begin(level, out);
                out.countedString("Ordinary Users");
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
        out.pointer(); // Buffer
        out.i16(level); // switch
    }

    /** MS-SAMR 3.1.5.8.3 SamrGetMembersInGroup. */
    void groupMembers(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.Group.class);
        List<Integer> rids =
                accounts.accounts().stream().map(account -> account.rid()).toList();
        out.pointer(); // Members
        out.i32(rids.size()); // MemberCount
        out.pointer(
                () -> { // Members
                    out.i32(rids.size()); // maximum count
                    rids.forEach(out::i32);
                });
        out.pointer(
                () -> { // Attributes
                    out.i32(rids.size()); // maximum count
                    rids.forEach(rid -> out.i32(GROUP_ATTRIBUTES));
                });
        out.deferred();
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-SAMR 3.1.5.1.8 SamrOpenAlias. */
    void openAlias(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        in.i32(); // DesiredAccess
        int rid = in.i32(); // AliasId
        Optional<AliasEntry> alias = domain.builtin()
                ? accounts.aliases().stream()
                        .filter(entry -> entry.rid() == rid)
                        .findFirst()
                : Optional.empty();
        out.contextHandle(alias.map(entry -> SamObject.open(new SamObject.Alias(entry), handles))
                .orElse(ContextHandle.NULL));
        out.i32((alias.isPresent() ? NtStatus.SUCCESS : NtStatus.NO_SUCH_ALIAS).code());
    }

    /** MS-SAMR 3.1.5.5.4 SamrQueryInformationAlias. */
    void queryAlias(NdrReader in, NdrWriter out, HandleTable handles) {
        AliasEntry alias =
                handles.find(in.contextHandle(), SamObject.Alias.class).alias();
        int level = in.i16(); // AliasInformationClass
        switch (level) {
            case ALIAS_GENERAL_INFORMATION -> {
                begin(level, out);
                out.countedString(alias.name()); // Name
                out.i32(alias.members().size()); // MemberCount
                out.countedString(""); // AdminComment
            }
            case ALIAS_NAME_INFORMATION -> {
                begin(level, out);
                out.countedString(alias.name());
            }
            case ALIAS_ADMIN_COMMENT_INFORMATION -> {
                begin(level, out);
                out.countedString("");
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

    /** MS-SAMR 3.1.5.8.5 SamrGetMembersInAlias. */
    void aliasMembers(NdrReader in, NdrWriter out, HandleTable handles) {
        List<Sid> members =
                handles.find(in.contextHandle(), SamObject.Alias.class).alias().members();
        out.i32(members.size()); // Members.Count
        if (members.isEmpty()) {
            out.nullPointer();
        } else {
            out.pointer(); // Sids
            out.i32(members.size()); // maximum count
            members.forEach(sid -> out.pointer(() -> out.sid(sid)));
            out.deferred();
        }
        out.i32(NtStatus.SUCCESS.code());
    }
}
