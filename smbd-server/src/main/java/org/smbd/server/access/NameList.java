package org.smbd.server.access;

import java.util.List;
import java.util.Set;
import org.smbd.core.type.SecurityContext;
import org.smbd.server.config.Names;

/**
 * A list of users and groups such as {@code valid users}: {@code alice @staff +wheel S-1-5-32-544 HOST\bob}.
 *
 * <p>A bare name means the user of that name, and only where there is none, the group. A netgroup ({@code &name}) needs
 * NIS, which smbd does not speak: it matches nobody. Where a doubt remains, a list that lets in says no and one that
 * keeps out says yes.
 */
final class NameList {
    private static final Set<String> LOCAL_DOMAINS = Set.of("unix user", "unix group", ".");

    private final Names names;
    private final Identities identities;

    NameList(Names names, Identities identities) {
        this.names = names;
        this.identities = identities;
    }

    /** Whether a list that lets in ({@code valid users}, {@code write list}) names the context. */
    boolean admits(List<String> list, SecurityContext context) {
        return list.stream().anyMatch(word -> matches(word, context, false));
    }

    /** Whether a list that keeps out ({@code invalid users}, {@code read list}) names the context. */
    boolean excludes(List<String> list, SecurityContext context) {
        return list.stream().anyMatch(word -> matches(word, context, true));
    }

    private boolean matches(String word, SecurityContext context, boolean excluding) {
        int start = 0;
        boolean unixGroup = false;
        boolean netgroup = false;
        while (start < word.length() && "@+&".indexOf(word.charAt(start)) >= 0) {
            unixGroup |= word.charAt(start) != '&';
            netgroup |= word.charAt(start) == '&';
            start++;
        }
        String name = word.substring(start);
        if (name.isEmpty()) {
            return false;
        }
        if (unixGroup) {
            return matchesGroup(name, context, excluding);
        }
        if (netgroup) {
            return false;
        }
        if (name.regionMatches(true, 0, "S-1-", 0, 4)) {
            return context.userSid().toString().equalsIgnoreCase(name)
                    || context.groupSids().stream()
                            .anyMatch(sid -> sid.toString().equalsIgnoreCase(name));
        }
        if (!isLocal(name, excluding)) {
            return false;
        }
        String plain = withoutDomain(name);
        if (plain.equalsIgnoreCase(context.accountName())) {
            return true;
        }
        boolean meansGroup = excluding || identities.user(plain).isEmpty();
        return meansGroup && isMember(plain, context);
    }

    private boolean matchesGroup(String name, SecurityContext context, boolean excluding) {
        return isLocal(name, excluding) && isMember(withoutDomain(name), context);
    }

    private static boolean isMember(String group, SecurityContext context) {
        return context.groupNames().stream().anyMatch(group::equalsIgnoreCase);
    }

    /** Accounts are this machine's own: a name of another domain is nobody here, unless it is to be kept out. */
    private boolean isLocal(String name, boolean excluding) {
        int backslash = name.lastIndexOf('\\');
        if (backslash < 0 || excluding) {
            return true;
        }
        String domain = name.substring(0, backslash);
        return domain.equalsIgnoreCase(names.netbiosName())
                || domain.equalsIgnoreCase(names.workgroup())
                || LOCAL_DOMAINS.stream().anyMatch(domain::equalsIgnoreCase);
    }

    private static String withoutDomain(String name) {
        return name.substring(name.lastIndexOf('\\') + 1);
    }
}
