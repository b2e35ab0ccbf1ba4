package org.smbd.core.type;

import java.util.ArrayList;
import java.util.List;

/**
 * A security identifier. MS-DTYP 2.4.2 SID.
 *
 * @param authority the 48-bit identifier authority
 * @param subAuthorities at most 15 unsigned 32-bit values
 */
public record Sid(long authority, List<Integer> subAuthorities) {
    /** MS-DTYP 2.4.2.3: revision 1 allows this many sub-authorities. */
    public static final int SUB_AUTHORITIES_MAX = 15;

    public static final Sid EVERYONE = of(1, 0);
    public static final Sid CREATOR_OWNER = of(3, 0);
    public static final Sid CREATOR_GROUP = of(3, 1);
    public static final Sid OWNER_RIGHTS = of(3, 4);
    public static final Sid NETWORK = of(5, 2);
    public static final Sid ANONYMOUS = of(5, 7);
    public static final Sid AUTHENTICATED_USERS = of(5, 11);
    public static final Sid LOCAL_SYSTEM = of(5, 18);
    public static final Sid BUILTIN_ADMINISTRATORS = of(5, 32, 544);
    public static final Sid BUILTIN_USERS = of(5, 32, 545);
    public static final Sid BUILTIN_GUESTS = of(5, 32, 546);

    public Sid {
        if (authority < 0 || authority >= 1L << 48) {
            throw new IllegalArgumentException("identifier authority out of range: " + authority);
        }
        if (subAuthorities.size() > SUB_AUTHORITIES_MAX) {
            throw new IllegalArgumentException("more than 15 sub-authorities");
        }
        subAuthorities = List.copyOf(subAuthorities);
    }

    public static Sid of(long authority, Integer... subAuthorities) {
        return new Sid(authority, List.of(subAuthorities));
    }

    /** The SID of a Unix user that no account maps to: S-1-22-1-uid, as Samba names it. */
    public static Sid unixUser(int uid) {
        return of(22, 1, uid);
    }

    /** The SID of a Unix group that no account maps to: S-1-22-2-gid. */
    public static Sid unixGroup(int gid) {
        return of(22, 2, gid);
    }

    /** This SID with one more sub-authority: an account of the domain that this SID names. */
    public Sid child(int relativeId) {
        List<Integer> longer = new ArrayList<>(subAuthorities);
        longer.add(relativeId);
        return new Sid(authority, longer);
    }

    /**
     * Reads the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Sid parse(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length < 3 || !parts[0].equalsIgnoreCase("S") || !parts[1].equals("1")) {
            throw new IllegalArgumentException("not a SID: " + text);
        }
        List<Integer> subs = new ArrayList<>();
        for (int i = 3; i < parts.length; i++) {
            subs.add(Integer.parseUnsignedInt(parts[i]));
        }
        return new Sid(Long.decode(parts[2]), subs);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("S-1-").append(authority);
        for (int sub : subAuthorities) {
            text.append('-').append(Integer.toUnsignedString(sub));
        }
        return text.toString();
    }
}
