package org.smbd.protocol.rpc.samr;

import java.util.List;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.rpc.ContextHandle;
import org.smbd.protocol.rpc.HandleTable;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.account.AccountDirectory;
import org.smbd.protocol.rpc.account.AccountEntry;

/** The accounts. MS-SAMR 3.1.5.3 Selective Enumerate Pattern, 3.1.5.5.6 SamrQueryInformationUser. */
final class SamUsers {
    /** MS-SAMR 2.2.1.12 USER_ACCOUNT Codes. */
    private static final int USER_ACCOUNT_DISABLED = 0x1;

    private static final int USER_NORMAL_ACCOUNT = 0x10;
    private static final int USER_DONT_EXPIRE_PASSWORD = 0x200;

    /** MS-SAMR 2.2.1.8 USER_ALL Values: those that are told. */
    private static final int WHICH_FIELDS = 0x00FFFFFF;

    private static final int DISPLAY_USER = 1;
    private static final int DISPLAY_GROUP = 3;

    private static final int LOGON_HOURS_UNITS = 168;
    private static final int LOGON_HOURS_BYTES_MAX = 1260;

    private final AccountDirectory accounts;

    SamUsers(AccountDirectory accounts) {
        this.accounts = accounts;
    }

    static int accountControl(AccountEntry account) {
        return USER_NORMAL_ACCOUNT
                | (account.disabled() ? USER_ACCOUNT_DISABLED : 0)
                | (account.passwordNeverExpires() ? USER_DONT_EXPIRE_PASSWORD : 0);
    }

    /** MS-SAMR 3.1.5.1.9 SamrOpenUser. */
    void open(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        in.i32(); // DesiredAccess
        int rid = in.i32(); // UserId
        Optional<AccountEntry> account = domain.builtin()
                ? Optional.empty()
                : accounts.accounts().stream()
                        .filter(entry -> entry.rid() == rid)
                        .findFirst();
        out.contextHandle(account.map(entry -> SamObject.open(new SamObject.User(entry), handles))
                .orElse(ContextHandle.NULL));
        out.i32((account.isPresent() ? NtStatus.SUCCESS : NtStatus.NO_SUCH_USER).code());
    }

    /** MS-SAMR 3.1.5.5.5 SamrQueryInformationUser2. */
    void query(NdrReader in, NdrWriter out, HandleTable handles) {
        AccountEntry account =
                handles.find(in.contextHandle(), SamObject.User.class).account();
        UserLevel level = UserLevel.of(in.i16()); // UserInformationClass
        if (level == null) {
            out.nullPointer();
            out.i32(NtStatus.INVALID_INFO_CLASS.code());
            return;
        }
        out.pointer(); // Buffer
        out.i16(level.number()); // switch
        out.align(4);
        level.write(account, out);
        out.deferred();
        out.i32(NtStatus.SUCCESS.code());
    }

    /** Levels of MS-SAMR 2.2.6.28 USER_INFORMATION_CLASS. */
    private enum UserLevel {
        GENERAL(1),
        PREFERENCES(2),
        NAME(6),
        ACCOUNT_NAME(7),
        FULL_NAME(8),
        PRIMARY_GROUP(9),
        HOME(10),
        SCRIPT(11),
        PROFILE(12),
        ADMIN_COMMENT(13),
        WORKSTATIONS(14),
        CONTROL(16),
        EXPIRES(17),
        PARAMETERS(20),
        ALL(21);

        private final int number;

        UserLevel(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static UserLevel of(int number) {
            for (UserLevel level : values()) {
                if (level.number == number) {
                    return level;
                }
            }
            return null;
        }

        void write(AccountEntry account, NdrWriter out) {
            switch (this) {
                case GENERAL -> {
                    out.countedString(account.name()); // UserName
                    out.countedString(account.fullName()); // FullName
                    out.i32(SamMembers.GROUP_RID); // PrimaryGroupId
                    out.countedString(""); // AdminComment
                    out.countedString(""); // UserComment
                }
                case PREFERENCES -> {
                    out.countedString(""); // UserComment
                    out.countedString(""); // Reserved1
                    out.i16(0); // CountryCode
                    out.i16(0); // CodePage
                }
                case NAME -> {
                    out.countedString(account.name()); // UserName
                    out.countedString(account.fullName()); // FullName
                }
                case ACCOUNT_NAME -> out.countedString(account.name());
                case FULL_NAME -> out.countedString(account.fullName());
                case PRIMARY_GROUP -> out.i32(SamMembers.GROUP_RID);
                case HOME -> {
                    out.countedString(""); // HomeDirectory
                    out.countedString(""); // HomeDirectoryDrive
                }
                case SCRIPT, PROFILE, ADMIN_COMMENT, WORKSTATIONS, PARAMETERS -> out.countedString("");
                case CONTROL -> out.i32(accountControl(account));
                case EXPIRES -> SamDomains.old(Long.MAX_VALUE, out); // AccountExpires: never
                case ALL -> all(account, out);
            }
        }

        /** MS-SAMR 2.2.6.6 SAMPR_USER_ALL_INFORMATION. */
        private static void all(AccountEntry account, NdrWriter out) {
            SamDomains.old(0, out); // LastLogon
            SamDomains.old(0, out); // LastLogoff
            SamDomains.old(account.passwordLastSet(), out); // PasswordLastSet
            SamDomains.old(Long.MAX_VALUE, out); // AccountExpires
            SamDomains.old(account.passwordLastSet(), out); // PasswordCanChange
            SamDomains.old(Long.MAX_VALUE, out); // PasswordMustChange
            out.countedString(account.name()); // UserName
            out.countedString(account.fullName()); // FullName
            for (int i = 0; i < 8; i++) {
                // HomeDirectory, HomeDirectoryDrive, ScriptPath, ProfilePath, AdminComment, WorkStations, UserComment,
                // Parameters
                out.countedString("");
            }
            emptyBlob(out); // LmOwfPassword: hashes leave the server for nobody
            emptyBlob(out); // NtOwfPassword
            out.countedString(""); // PrivateData
            out.i32(0); // SecurityDescriptor.Length
            out.nullPointer();
            out.i32(account.rid()); // UserId
            out.i32(SamMembers.GROUP_RID); // PrimaryGroupId
            out.i32(accountControl(account)); // UserAccountControl
            out.i32(WHICH_FIELDS); // WhichFields
            out.i16(LOGON_HOURS_UNITS); // LogonHours.UnitsPerWeek
            out.pointer(
                    () -> { // LogonHours: always
                        out.i32(LOGON_HOURS_BYTES_MAX); // maximum count
                        out.i32(0); // offset
                        out.i32(LOGON_HOURS_UNITS / 8); // actual count
                        for (int i = 0; i < LOGON_HOURS_UNITS / 8; i++) {
                            out.i8(0xFF);
                        }
                    });
            out.i16(0); // BadPasswordCount
            out.i16(0); // LogonCount
            out.i16(0); // CountryCode
            out.i16(0); // CodePage
            out.i8(0); // LmPasswordPresent
            out.i8(0); // NtPasswordPresent
            out.i8(0); // PasswordExpired
            out.i8(0); // PrivateDataSensitive
        }

        private static void emptyBlob(NdrWriter out) {
            out.align(4);
            out.i16(0); // Length
            out.i16(0); // MaximumLength
            out.nullPointer(); // Buffer
        }
    }

    /** MS-SAMR 3.1.5.9.1 SamrGetGroupsForUser. */
    void groups(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.User.class);
        out.pointer(); // Groups
        out.i32(1); // MembershipCount
        out.pointer(
                () -> { // Groups
                    out.i32(1); // maximum count
                    out.i32(SamMembers.GROUP_RID); // RelativeId
                    out.i32(SamMembers.GROUP_ATTRIBUTES); // Attributes
                });
        out.deferred();
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-SAMR 3.1.5.13.2 SamrGetUserDomainPasswordInformation: no rules. */
    void passwordRules(NdrReader in, NdrWriter out, HandleTable handles) {
        handles.find(in.contextHandle(), SamObject.User.class);
        out.align(4);
        out.i16(0); // MinPasswordLength
        out.i32(0); // PasswordProperties
        out.i32(NtStatus.SUCCESS.code());
    }

    /** MS-SAMR 3.1.5.3.1 SamrQueryDisplayInformation3: users and groups. */
    void display(NdrReader in, NdrWriter out, HandleTable handles) {
        SamObject.Domain domain = handles.find(in.contextHandle(), SamObject.Domain.class);
        int level = in.i16(); // DisplayInformationClass
        int from = in.i32(); // Index
        int wanted = in.i32(); // EntryCount
        if (level != DISPLAY_USER && level != DISPLAY_GROUP) {
            out.i32(0); // TotalAvailable
            out.i32(0); // TotalReturned
            out.i16(level); // switch
            out.i32(0); // EntriesRead
            out.nullPointer();
            out.i32(NtStatus.INVALID_INFO_CLASS.code());
            return;
        }
        List<AccountEntry> all = domain.builtin() || level == DISPLAY_GROUP ? List.of() : accounts.accounts();
        int begin = Math.min(from & 0x7FFFFFFF, all.size());
        List<AccountEntry> some = all.subList(begin, begin + Math.min(wanted & 0x7FFFFFFF, all.size() - begin));
        boolean group = level == DISPLAY_GROUP && !domain.builtin() && from == 0 && wanted != 0;
        int count = group ? 1 : some.size();
        out.i32(count); // TotalAvailable
        out.i32(count); // TotalReturned
        out.i16(level); // switch
        out.i32(count); // EntriesRead
        if (count == 0) {
            out.nullPointer();
        } else {
            out.pointer(); // Buffer
            out.i32(count); // maximum count
            for (int i = 0; i < some.size(); i++) {
                AccountEntry account = some.get(i);
                out.i32(begin + i + 1); // Index
                out.i32(account.rid()); // Rid
                out.i32(accountControl(account)); // AccountControl
                out.countedString(account.name()); // AccountName
                out.countedString(""); // AdminComment
                out.countedString(account.fullName()); // FullName
            }
            if (group) {
                out.i32(1); // Index
                out.i32(SamMembers.GROUP_RID); // Rid
                out.i32(SamMembers.GROUP_ATTRIBUTES); // Attributes
                out.countedString(SamMembers.GROUP_NAME); // AccountName
                out.countedString("Ordinary Users"); // AdminComment
            }
            out.deferred();
        }
        boolean more = begin + some.size() < all.size();
        out.i32((more ? NtStatus.MORE_ENTRIES : NtStatus.SUCCESS).code());
    }
}
