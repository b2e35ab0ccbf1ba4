package org.smbd.vfs.security;

/**
 * What the configuration of a share means for its descriptors; names and meaning as in smb.conf.
 *
 * @param support {@code nt acl support}: descriptors are shown and can be set
 * @param stored {@code vfs objects = acl_xattr}: descriptors are kept in an attribute, and checked
 * @param attributeName {@code acl_xattr:security_acl_name}
 * @param ignoreSystemAcls the descriptor alone is kept and shown, whatever the mode says
 * @param defaultStyle what a file without a kept descriptor is shown with, if the mode does not count
 * @param inheritAcls the default list of a directory limits a new file, not the masks
 * @param inheritPermissions a new file has the mode bits of its directory
 * @param mapFullControl mode bits rwx are shown as full control
 * @param dosFilemode who may write a file may change who may do what
 * @param canonicalizeInheritance {@code acl flag inherited canonicalization}
 * @param inheritWindowsOwner {@code inherit owner = windows and unix}: the owner in the descriptor, too
 * @param hideUnreadable files that the user may not read are not listed
 * @param hideUnwriteable files that the user may not write are not listed; directories are
 * @param sids which SIDs the users of the host have
 * @param mapInherit {@code map acl inherit}: what permissions of the host do not say of inheritance is kept beside them
 */
public record AclOptions(
        boolean support,
        boolean stored,
        String attributeName,
        boolean ignoreSystemAcls,
        DefaultStyle defaultStyle,
        boolean inheritAcls,
        boolean inheritPermissions,
        boolean mapFullControl,
        boolean dosFilemode,
        boolean canonicalizeInheritance,
        boolean inheritWindowsOwner,
        boolean hideUnreadable,
        boolean hideUnwriteable,
        SidMapping sids,
        boolean mapInherit) {
    /** The attribute that Samba keeps descriptors in; only a privileged process can write it. */
    public static final String SECURITY_NTACL = "security.NTACL";

    /** The attribute that serves where {@link #SECURITY_NTACL} cannot be written. */
    public static final String USER_NTACL = "user.NTACL";

    /** {@code acl_xattr:default acl style}. */
    public enum DefaultStyle {
        /** From the mode bits. */
        POSIX,
        /** Full control for owner and system. */
        WINDOWS,
        /** Full control for everyone. */
        EVERYONE
    }

    /** Samba's defaults: descriptors come from mode and list of the host and go back there. */
    public static AclOptions defaults() {
        return new AclOptions(
                true,
                false,
                SECURITY_NTACL,
                false,
                DefaultStyle.POSIX,
                false,
                false,
                true,
                false,
                true,
                false,
                false,
                false,
                SidMapping.UNIX,
                false);
    }

    /** Whether entries of directories are left out. */
    public boolean hides() {
        return hideUnreadable || hideUnwriteable;
    }

    /** The same, with descriptors kept in another attribute. */
    public AclOptions withAttributeName(String name) {
        return new AclOptions(
                support,
                stored,
                name,
                ignoreSystemAcls,
                defaultStyle,
                inheritAcls,
                inheritPermissions,
                mapFullControl,
                dosFilemode,
                canonicalizeInheritance,
                inheritWindowsOwner,
                hideUnreadable,
                hideUnwriteable,
                sids,
                mapInherit);
    }
}
