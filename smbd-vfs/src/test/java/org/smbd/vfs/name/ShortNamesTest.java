package org.smbd.vfs.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortNamesTest {
    private static final ShortNames HASH2 = new ShortNames(ShortNames.Kind.ALL, 1, ShortNames.Method.HASH2);

    @ParameterizedTest
    @ValueSource(strings = {"a", "ABCDEFGH.TXT", "readme.md", "a~1", "$%'-_@~`.!()", "A{}^#&.B"})
    void namesOfEightAndThreeFit(String name) {
        assertTrue(ShortNames.fits(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ".a",
                "a.",
                "a.b.c",
                "ABCDEFGHI",
                "A.HTML",
                "a b",
                "\u00e4",
                "a+b",
                "a,b",
                "a[",
                "a;",
                "a="
            })
    void otherNamesDoNotFit(String name) {
        assertFalse(ShortNames.fits(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a long name.html", ".profile", "\u00e4\u00f6\u00fc", "a.b.c", "   ", "~~~~~~~~~~~", "x.tar.gz"})
    void whatIsMadeFitsAndIsTheSameInAnyCase(String name) {
        for (ShortNames.Method method : ShortNames.Method.values()) {
            for (int prefix = 1; prefix <= 6; prefix++) {
                ShortNames names = new ShortNames(ShortNames.Kind.ALL, prefix, method);
                String made = names.of(name, 0).orElseThrow();
                assertTrue(ShortNames.isMadeUp(made), made);
                assertEquals(CaseFold.fold(made), made);
                assertEquals(made, names.of(CaseFold.fold(name), 0).orElseThrow());
            }
        }
    }

    @Test
    void theExtensionAndThePrefixAreKept() {
        String made = HASH2.of("Very long.document.docx", 0).orElseThrow();
        assertTrue(made.matches("V[0-9A-Z]{5}~[0-9A-Z]\\.DOC"), made);
        String hash = new ShortNames(ShortNames.Kind.ALL, 1, ShortNames.Method.HASH)
                .of("Very long.document.docx", 0)
                .orElseThrow();
        assertTrue(hash.matches("VERYL~[0-9A-Z]{2}\\.DOC"), hash);
    }

    @Test
    void attemptsDifferUntilTheyAreUsedUp() {
        ShortNames names = new ShortNames(ShortNames.Kind.ALL, 5, ShortNames.Method.HASH2);
        Set<String> made = new HashSet<>();
        for (int attempt = 0; attempt < names.attempts(); attempt++) {
            made.add(names.of("a long name", attempt).orElseThrow());
        }
        assertEquals(36 * 36, made.size());
        assertEquals(Optional.empty(), names.of("a long name", 36 * 36));
    }

    @Test
    void aPrefixOutOfRangeIsRefused() {
        for (int prefix : new int[] {0, 7}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ShortNames(ShortNames.Kind.ALL, prefix, ShortNames.Method.HASH2));
        }
    }

    /** With a hash of two digits and 400 names of one prefix, many come to the same. */
    @Test
    void aDirectoryNeverHasOneShortNameTwiceAndNamesKeepTheirs() {
        ShortNames weak = new ShortNames(ShortNames.Kind.ALL, 5, ShortNames.Method.HASH2);
        NameRules rules = new NameRules(
                new NameOptions(
                        false,
                        true,
                        true,
                        false,
                        true,
                        weak,
                        CharacterMap.NONE,
                        name -> false,
                        name -> false,
                        false,
                        false,
                        true),
                false);
        Set<String> whole = new HashSet<>();
        ShortNameTable table = new ShortNameTable(rules, whole::contains);
        Random random = new Random(4);
        Map<String, String> kept = new HashMap<>();
        for (int step = 0; step < 4_000; step++) {
            String name = "a name with " + random.nextInt(400);
            if (whole.add(rules.key(name))) {
                table.add(name);
                kept.put(name, table.of(name).orElseThrow());
            } else {
                whole.remove(rules.key(name));
                table.remove(name);
                String former = kept.remove(name);
                assertEquals(Optional.empty(), table.of(name));
                assertEquals(Optional.of(name), table.findGone(former));
            }
            assertEquals(kept.size(), new HashSet<>(kept.values()).size());
        }
        kept.forEach((name, made) -> {
            assertEquals(Optional.of(made), table.of(name));
            assertEquals(Optional.of(name), table.find(made.toLowerCase(java.util.Locale.ROOT)));
        });
    }

    @Test
    void aFileThatIsCalledAsAnotherOneForShortTakesThatName() {
        NameRules rules = new NameRules(
                new NameOptions(
                        false,
                        true,
                        true,
                        false,
                        true,
                        HASH2,
                        CharacterMap.NONE,
                        name -> false,
                        name -> false,
                        false,
                        false,
                        true),
                false);
        Set<String> whole = new HashSet<>();
        ShortNameTable table = new ShortNameTable(rules, whole::contains);
        table.add("a long name.txt");
        String made = table.of("a long name.txt").orElseThrow();
        whole.add(made);
        table.add(made);
        assertEquals(Optional.empty(), table.find(made));
        assertNotEquals(made, table.of("a long name.txt").orElseThrow());
    }
}
