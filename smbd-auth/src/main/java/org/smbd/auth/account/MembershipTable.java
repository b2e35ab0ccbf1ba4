package org.smbd.auth.account;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.smbd.core.type.Privilege;

/**
 * The content of the file of memberships. Immutable.
 *
 * <pre>
 * smbd-groups 1
 * member Administrators alice
 * privilege SeSecurityPrivilege bob
 * </pre>
 *
 * @param members groups by {@link AccountNames#key} of the account
 * @param privileges privileges by the same
 */
record MembershipTable(Map<String, Set<BuiltinGroup>> members, Map<String, Set<Privilege>> privileges) {
    static final MembershipTable EMPTY = new MembershipTable(Map.of(), Map.of());

    private static final String MAGIC = "smbd-groups 1";
    private static final String MEMBER = "member";
    private static final String PRIVILEGE = "privilege";
    private static final int WORDS = 3;

    MembershipTable {
        members = Collections.unmodifiableMap(new TreeMap<>(members));
        privileges = Collections.unmodifiableMap(new TreeMap<>(privileges));
    }

    MembershipTable withMember(BuiltinGroup group, String account, boolean member) {
        return new MembershipTable(changed(members, account, group, BuiltinGroup.class, member), privileges);
    }

    MembershipTable withPrivilege(Privilege privilege, String account, boolean granted) {
        return new MembershipTable(members, changed(privileges, account, privilege, Privilege.class, granted));
    }

    private static <E extends Enum<E>> Map<String, Set<E>> changed(
            Map<String, Set<E>> map, String account, E value, Class<E> type, boolean present) {
        String key = AccountNames.key(account);
        Set<E> values = EnumSet.noneOf(type);
        values.addAll(map.getOrDefault(key, Set.of()));
        if (present) {
            values.add(value);
        } else {
            values.remove(value);
        }
        Map<String, Set<E>> changed = new TreeMap<>(map);
        changed.put(key, Collections.unmodifiableSet(values));
        return changed;
    }

    String format() {
        StringBuilder text = new StringBuilder(MAGIC).append('\n');
        members.forEach((account, groups) -> groups.forEach(group -> line(text, MEMBER, group, account)));
        privileges.forEach((account, granted) -> granted.forEach(one -> line(text, PRIVILEGE, one, account)));
        return text.toString();
    }

    private static void line(StringBuilder text, String kind, Object what, String account) {
        text.append(kind).append(' ').append(what).append(' ').append(account).append('\n');
    }

    /**
     * Reads what {@link #format} writes.
     *
     * @param file for messages
     */
    static MembershipTable parse(String file, List<String> lines) throws AccountFileException {
        if (lines.isEmpty() || !lines.get(0).equals(MAGIC)) {
            throw new AccountFileException(file + ":1: not a file of groups that this version of smbd knows");
        }
        MembershipTable table = EMPTY;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String place = file + ":" + (i + 1);
            String[] words = line.split(" ", WORDS); // names of accounts may hold blanks
            if (words.length != WORDS) {
                throw new AccountFileException(place + ": a line of " + words.length + " words");
            }
            table = table.with(place, words);
        }
        return table;
    }

    private MembershipTable with(String place, String[] words) throws AccountFileException {
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case MEMBER -> {
                Optional<BuiltinGroup> group = BuiltinGroup.of(words[1]);
                if (group.isPresent()) {
                    return withMember(group.get(), words[2], true);
                }
            }
            case PRIVILEGE -> {
                Optional<Privilege> privilege = Privilege.of(words[1]);
                if (privilege.isPresent()) {
                    return withPrivilege(privilege.get(), words[2], true);
                }
            }
            default -> {}
        }
        throw new AccountFileException(place + ": neither a known group nor a known privilege");
    }
}
