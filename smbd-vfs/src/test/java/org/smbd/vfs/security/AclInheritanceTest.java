package org.smbd.vfs.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;

/** MS-DTYP 2.5.3.4.4, for every set of inheritance flags. */
class AclInheritanceTest {
    private static final Sid OWNER = Sid.of(5, 21, 1, 2, 3, 1000);
    private static final Sid GROUP = Sid.of(5, 21, 1, 2, 3, 513);

    private static SecurityDescriptor parent(int control, Ace... entries) {
        return new SecurityDescriptor(
                SecurityDescriptor.SE_DACL_PRESENT | control,
                Optional.of(Sid.LOCAL_SYSTEM),
                Optional.of(Sid.LOCAL_SYSTEM),
                Optional.of(Acl.of(entries)),
                Optional.empty());
    }

    private static String inherited(SecurityDescriptor parent, boolean directory) {
        List<Ace> entries = AclInheritance.inherit(parent, OWNER, GROUP, directory)
                .flatMap(SecurityDescriptor::dacl)
                .map(Acl::entries)
                .orElse(List.of());
        return entries.stream()
                .map(entry -> (entry.sid().equals(OWNER)
                                ? "me"
                                : entry.sid().equals(Sid.CREATOR_OWNER) ? "creator" : "everyone")
                        + " "
                        + Integer.toHexString(entry.flags()))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource({
        // flags of the entry, what a file gets, what a directory gets: 1 object, 2 container, 4 no propagate, 8 only
        "0, '', ''",
        "1, everyone 0, everyone 9",
        "2, '', everyone 2",
        "3, everyone 0, everyone 3",
        "4, '', ''",
        "5, everyone 0, ''",
        "6, '', everyone 0",
        "7, everyone 0, everyone 0",
        "8, '', ''",
        "9, everyone 0, everyone 9",
        "a, '', everyone 2",
        "b, everyone 0, everyone 3",
        "d, everyone 0, ''",
        "e, '', everyone 0",
        "f, everyone 0, everyone 0",
    })
    void anEntryForEveryoneIsPassedOn(String flags, String file, String directory) {
        SecurityDescriptor parent = parent(0, Ace.allow(Integer.parseInt(flags, 16), 1, Sid.EVERYONE));
        assertEquals(file, inherited(parent, false), "file");
        assertEquals(directory, inherited(parent, true), "directory");
    }

    @ParameterizedTest
    @CsvSource({
        "3, me 0, 'me 0, creator b'",
        "b, me 0, 'me 0, creator b'",
        "2, '', 'me 0, creator a'",
        "1, me 0, creator 9",
        "7, me 0, me 0",
    })
    void theCreatorTakesTheRights(String flags, String file, String directory) {
        SecurityDescriptor parent = parent(0, Ace.allow(Integer.parseInt(flags, 16), 1, Sid.CREATOR_OWNER));
        assertEquals(file, inherited(parent, false), "file");
        assertEquals(directory, inherited(parent, true), "directory");
    }

    @Test
    void entriesAreMarkedWhereInheritanceIsAutomatic() {
        SecurityDescriptor parent = parent(SecurityDescriptor.SE_DACL_AUTO_INHERITED, Ace.allow(3, 1, Sid.EVERYONE));
        assertEquals("everyone 10", inherited(parent, false));
        assertEquals("everyone 13", inherited(parent, true));
        SecurityDescriptor child =
                AclInheritance.inherit(parent, OWNER, GROUP, false).orElseThrow();
        assertEquals(SecurityDescriptor.SE_DACL_PRESENT | SecurityDescriptor.SE_DACL_AUTO_INHERITED, child.control());
        assertEquals(Optional.of(OWNER), child.owner());
        assertEquals(Optional.of(GROUP), child.group());
    }

    @Test
    void entriesThatBecomeEqualAreOne() {
        SecurityDescriptor parent =
                parent(0, Ace.allow(3, 1, Sid.CREATOR_OWNER), Ace.allow(1, 1, OWNER), Ace.deny(1, 1, OWNER));
        assertEquals("me 0, me 0", inherited(parent, false), "one allows, one denies");
    }

    @Test
    void nothingIsInheritedFromWhatPassesNothingOn() {
        assertTrue(AclInheritance.inherit(parent(0, Ace.allow(0, 1, OWNER)), OWNER, GROUP, true)
                .isEmpty());
    }
}
