package org.smbd.protocol.rpc.account;

import java.util.Arrays;
import java.util.Optional;

/** Privileges that this server knows, with their numbers. MS-LSAD 3.1.1.2.1 Privilege LUIDs. */
public enum PrivilegeName {
    SE_SECURITY("SeSecurityPrivilege", 8, "Manage auditing and security log"),
    SE_TAKE_OWNERSHIP("SeTakeOwnershipPrivilege", 9, "Take ownership of files or other objects"),
    SE_BACKUP("SeBackupPrivilege", 17, "Back up files and directories"),
    SE_RESTORE("SeRestorePrivilege", 18, "Restore files and directories");

    private final String text;
    private final int luid;
    private final String displayName;

    PrivilegeName(String text, int luid, String displayName) {
        this.text = text;
        this.luid = luid;
        this.displayName = displayName;
    }

    /** The privilege of a name; case does not matter. */
    public static Optional<PrivilegeName> of(String name) {
        return Arrays.stream(values())
                .filter(privilege -> privilege.text.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The privilege of a number. */
    public static Optional<PrivilegeName> of(long luid) {
        return Arrays.stream(values())
                .filter(privilege -> privilege.luid == luid)
                .findFirst();
    }

    /** Its locally unique id; the high half is 0. */
    public int luid() {
        return luid;
    }

    /** What it allows, in English. */
    public String displayName() {
        return displayName;
    }

    /** The name that programs know it by. */
    @Override
    public String toString() {
        return text;
    }
}
