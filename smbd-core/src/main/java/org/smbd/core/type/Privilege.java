package org.smbd.core.type;

import java.util.Arrays;
import java.util.Optional;

/** What somebody may do whatever a descriptor says. MS-LSAD 3.1.1.2.1 Privilege LUIDs; those that concern files. */
public enum Privilege {
    /** Reads and changes system access control lists. */
    SE_SECURITY("SeSecurityPrivilege"),
    /** Becomes the owner of any file. */
    SE_TAKE_OWNERSHIP("SeTakeOwnershipPrivilege"),
    /** Reads any file that is opened with backup intent. */
    SE_BACKUP("SeBackupPrivilege"),
    /** Writes any file that is opened with backup intent, and gives it any owner. */
    SE_RESTORE("SeRestorePrivilege");

    private final String text;

    Privilege(String text) {
        this.text = text;
    }

    /** The privilege of a name such as {@code SeSecurityPrivilege}; case does not matter. */
    public static Optional<Privilege> of(String name) {
        return Arrays.stream(values())
                .filter(privilege -> privilege.text.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The name that Windows knows it by. */
    @Override
    public String toString() {
        return text;
    }
}
