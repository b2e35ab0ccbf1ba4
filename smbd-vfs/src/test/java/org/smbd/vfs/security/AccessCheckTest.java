package org.smbd.vfs.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.Privilege;
import org.smbd.core.type.SecurityContext;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;

/** MS-DTYP 2.5.3.2, case by case. */
class AccessCheckTest {
    private static final Sid ME = Sid.of(5, 21, 1, 2, 3, 1000);
    private static final Sid OTHER = Sid.of(5, 21, 1, 2, 3, 1001);

    private static SecurityContext context(Set<Privilege> privileges) {
        return new SecurityContext(
                "me",
                ME,
                Set.of(Sid.EVERYONE, Sid.BUILTIN_USERS),
                Set.of(),
                Optional.empty(),
                SecurityContext.Kind.USER,
                privileges);
    }

    private static Sid sid(char letter) {
        return switch (letter) {
            case 'm' -> ME;
            case 'o' -> OTHER;
            case 'e' -> Sid.EVERYONE;
            case 'u' -> Sid.BUILTIN_USERS;
            case 'r' -> Sid.OWNER_RIGHTS;
            default -> throw new IllegalArgumentException("" + letter);
        };
    }

    /** An entry such as {@code +m:3:8}: it allows ({@code -}: denies) the user the rights 3, with flags 8. */
    private static Ace ace(String text) {
        String[] parts = text.substring(1).split(":", -1);
        int type = text.startsWith("+") ? Ace.ACCESS_ALLOWED : Ace.ACCESS_DENIED;
        int flags = parts.length > 2 ? Integer.parseInt(parts[2], 16) : 0;
        return new Ace(type, flags, Integer.parseUnsignedInt(parts[1], 16), sid(parts[0].charAt(0)));
    }

    private static SecurityDescriptor descriptor(char owner, String entries) {
        List<Ace> list = new ArrayList<>();
        for (String entry : entries.isBlank() ? new String[0] : entries.trim().split(" ", -1)) {
            list.add(ace(entry));
        }
        return new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT,
                Optional.of(sid(owner)),
                Optional.of(Sid.BUILTIN_USERS),
                Optional.of(new Acl(Acl.REVISION, list)),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        // owner, entries, granted
        "o, '', 0",
        "m, '', 60000", // the owner reads and writes the list, whatever it says
        "o, +m:1, 1",
        "o, +o:1, 0",
        "o, +e:1 +u:2, 3",
        "o, -m:1 +m:3, 2",
        "o, +m:1 -m:3, 1", // the first entry that speaks of a right decides it
        "o, -u:2 +m:3, 1",
        "o, +m:3:8, 0", // for its children alone
        "o, -m:1:8 +m:1, 1",
        "o, +m:3:10, 3",
        "o, +m:80000000, 120089", // GENERIC_READ
        "o, +m:10000000, 1f01ff",
        "o, -m:40000000 +m:10000000, d00e9", // without what GENERIC_WRITE stands for, SYNCHRONIZE and READ_CONTROL too
        "m, +r:1, 1", // OWNER RIGHTS replace the implicit ones
        "m, +r:1:8, 60000",
        "o, +r:1, 0", // and are nobody's but the owner's
        "m, -r:40000 +m:1f01ff, 1b01ff",
        "o, +m:3000000, 0", // no right comes by a list alone that needs a privilege
    })
    void theFirstEntryThatSpeaksOfARightDecides(char owner, String entries, String granted) {
        int rights = AccessCheck.granted(descriptor(owner, entries), context(Set.of()));
        assertEquals(granted, Integer.toHexString(rights), entries);
    }

    @Test
    void noListProtectsNothing() {
        SecurityDescriptor open = new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT,
                Optional.of(OTHER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertEquals(AccessMask.FILE_ALL_ACCESS, AccessCheck.granted(open, context(Set.of())));
    }

    @Test
    void privilegesGrantWhatNoListGrants() {
        SecurityDescriptor closed = descriptor('o', "-m:1f01ff");
        assertEquals(AccessMask.WRITE_OWNER, AccessCheck.granted(closed, context(Set.of(Privilege.SE_TAKE_OWNERSHIP))));
        assertEquals(
                AccessMask.ACCESS_SYSTEM_SECURITY, AccessCheck.granted(closed, context(Set.of(Privilege.SE_SECURITY))));
        assertEquals(0, AccessCheck.granted(closed, context(Set.of(Privilege.SE_BACKUP))), "asks for an intent");
    }

    @Test
    void aConditionThatNobodyEvaluatesDeniesAndDoesNotAllow() {
        for (int type : new int[] {Ace.ACCESS_ALLOWED_CALLBACK, Ace.ACCESS_DENIED_CALLBACK}) {
            Acl list = Acl.of(new Ace(type, 0, 1, ME), Ace.allow(0, 2, ME));
            SecurityDescriptor one = new SecurityDescriptor(
                    SecurityDescriptor.SE_DACL_PRESENT,
                    Optional.of(OTHER),
                    Optional.empty(),
                    Optional.of(list),
                    Optional.empty());
            assertEquals(2, AccessCheck.granted(one, context(Set.of())), "type " + type);
        }
    }
}
