package org.smbd.core.type;

import java.util.Optional;

/**
 * Who owns an object and who may do what with it. MS-DTYP 2.4.6 SECURITY_DESCRIPTOR.
 *
 * @param control a set of the SE constants; SELF_RELATIVE is a matter of the wire and not among them
 * @param dacl with DACL_PRESENT set, empty means a null list: everyone may do everything
 * @param sacl with SACL_PRESENT set, empty means that nothing is audited
 */
public record SecurityDescriptor(
        int control, Optional<Sid> owner, Optional<Sid> group, Optional<Acl> dacl, Optional<Acl> sacl) {
    public static final int SE_OWNER_DEFAULTED = 0x1;
    public static final int SE_GROUP_DEFAULTED = 0x2;
    public static final int SE_DACL_PRESENT = 0x4;
    public static final int SE_DACL_DEFAULTED = 0x8;
    public static final int SE_SACL_PRESENT = 0x10;
    public static final int SE_SACL_DEFAULTED = 0x20;
    public static final int SE_DACL_AUTO_INHERIT_REQ = 0x100;
    public static final int SE_SACL_AUTO_INHERIT_REQ = 0x200;
    public static final int SE_DACL_AUTO_INHERITED = 0x400;
    public static final int SE_SACL_AUTO_INHERITED = 0x800;
    public static final int SE_DACL_PROTECTED = 0x1000;
    public static final int SE_SACL_PROTECTED = 0x2000;

    /** MS-DTYP 2.4.7 SECURITY_INFORMATION: the parts that a query or set is about. */
    public static final int OWNER_SECURITY_INFORMATION = 0x1;

    public static final int GROUP_SECURITY_INFORMATION = 0x2;
    public static final int DACL_SECURITY_INFORMATION = 0x4;
    public static final int SACL_SECURITY_INFORMATION = 0x8;
    public static final int LABEL_SECURITY_INFORMATION = 0x10;

    private static final int OWNER_CONTROL = SE_OWNER_DEFAULTED;
    private static final int GROUP_CONTROL = SE_GROUP_DEFAULTED;
    private static final int DACL_CONTROL =
            SE_DACL_PRESENT | SE_DACL_DEFAULTED | SE_DACL_AUTO_INHERIT_REQ | SE_DACL_AUTO_INHERITED | SE_DACL_PROTECTED;
    private static final int SACL_CONTROL =
            SE_SACL_PRESENT | SE_SACL_DEFAULTED | SE_SACL_AUTO_INHERIT_REQ | SE_SACL_AUTO_INHERITED | SE_SACL_PROTECTED;

    public boolean isDaclPresent() {
        return (control & SE_DACL_PRESENT) != 0;
    }

    public boolean isSaclPresent() {
        return (control & SE_SACL_PRESENT) != 0;
    }

    /** Only the parts that a set of SECURITY_INFORMATION bits names, and their control bits. */
    public SecurityDescriptor select(int securityInformation) {
        boolean withOwner = (securityInformation & OWNER_SECURITY_INFORMATION) != 0;
        boolean withGroup = (securityInformation & GROUP_SECURITY_INFORMATION) != 0;
        boolean withDacl = (securityInformation & DACL_SECURITY_INFORMATION) != 0;
        boolean withSacl = (securityInformation & SACL_SECURITY_INFORMATION) != 0;
        int selected = (withOwner ? OWNER_CONTROL : 0)
                | (withGroup ? GROUP_CONTROL : 0)
                | (withDacl ? DACL_CONTROL : 0)
                | (withSacl ? SACL_CONTROL : 0);
        return new SecurityDescriptor(
                control & selected,
                owner.filter(sid -> withOwner),
                group.filter(sid -> withGroup),
                dacl.filter(acl -> withDacl),
                sacl.filter(acl -> withSacl));
    }
}
