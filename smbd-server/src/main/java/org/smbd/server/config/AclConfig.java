package org.smbd.server.config;

import java.util.List;
import java.util.Locale;

/**
 * Who may do what with the files of a share, and where that is kept.
 *
 * @param adminUsers who acts on files as the superuser
 * @param support whether descriptors are shown and can be set
 * @param stored whether they are kept in an attribute: {@code vfs objects = acl_xattr}
 * @param attributeName the attribute
 * @param ignoreSystemAcls whether they alone are kept, apart from the permissions of the host
 * @param defaultStyle what a file without one is shown with then
 * @param inheritAcls whether the default list of a directory limits what is made in it
 * @param inheritPermissions whether what is made in a directory gets its mode
 * @param mapFullControl whether rwx is shown as full control
 * @param dosFilemode whether who may write a file may change who may do what
 * @param canonicalizeInheritance whether the flags of inheritance are taken over as Windows does
 * @param hideUnreadable whether files that a user may not read are left out of listings
 * @param hideUnwriteable whether files that a user may not write are left out of listings
 * @param mapInherit whether inheritance is kept beside the permissions of the host
 */
public record AclConfig(
        List<String> adminUsers,
        boolean support,
        boolean stored,
        String attributeName,
        boolean ignoreSystemAcls,
        DefaultAclStyle defaultStyle,
        boolean inheritAcls,
        boolean inheritPermissions,
        boolean mapFullControl,
        boolean dosFilemode,
        boolean canonicalizeInheritance,
        boolean hideUnreadable,
        boolean hideUnwriteable,
        boolean mapInherit) {
    /** A share without files. */
    public static final AclConfig NONE = new AclConfig(
            List.of(),
            false,
            false,
            "",
            false,
            DefaultAclStyle.POSIX,
            false,
            false,
            true,
            false,
            true,
            false,
            false,
            false);

    /** The module of Samba that keeps descriptors. */
    static final String MODULE = "acl_xattr";

    public AclConfig {
        adminUsers = List.copyOf(adminUsers);
    }

    static AclConfig from(Values values) {
        boolean stored = values.list("vfs objects", List.of()).stream()
                .anyMatch(module -> module.toLowerCase(Locale.ROOT).equals(MODULE));
        return new AclConfig(
                values.list("admin users", List.of()),
                values.bool("nt acl support", true),
                stored,
                values.text("acl_xattr:security_acl_name", "security.NTACL"),
                values.bool("acl_xattr:ignore system acls", false),
                values.choice("acl_xattr:default acl style", DefaultAclStyle.POSIX, DefaultAclStyle.WORDS),
                values.bool("inherit acls", false) || stored, // the module brings both with it, as Samba's does
                values.bool("inherit permissions", false),
                values.bool("acl map full control", true),
                values.bool("dos filemode", false) || stored,
                values.bool("acl flag inherited canonicalization", true),
                values.bool("hide unreadable", false),
                values.bool("hide unwriteable files", false),
                values.bool("map acl inherit", false));
    }
}
