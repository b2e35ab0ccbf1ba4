package org.smbd.vfs.dir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;

class WildcardPatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "*, anything.txt, true",
                "*.txt, A.TXT, true",
                "*.txt, atxt, false",
                "*.*, nodot, false",
                "?, a, true",
                "?, ab, false",
                "a?c, abc, true",
                "<, nodot, true",
                "<.txt, a.b.txt, true",
                "<\"*, nodot, true",
                "<\"*, a.b, true",
                "a>>, a, true",
                "a>>, ab, true",
                "a>>, abcd, false",
                ">>.t, a.t, true",
                "f\", f, true",
                "f\", f., true",
                "f\", fx, false",
                "straße, STRASSE, false",
                "ä*, Äpfel, true",
            })
    void matchesAsWindowsDoes(String pattern, String name, boolean expected) {
        assertEquals(expected, WildcardPattern.of(pattern).matches(name));
    }

    @Test
    void randomPatternsAgreeWithTheRules() {
        Random random = new Random(4);
        for (int i = 0; i < 200_000; i++) {
            String pattern = text(random, "ab.*?<>\"", 6);
            String name = text(random, "ab.", 7);
            if (pattern.isEmpty() || name.isEmpty()) {
                continue;
            }
            assertEquals(
                    matches(pattern, 0, name, 0),
                    WildcardPattern.of(pattern).matches(name),
                    () -> pattern + " on " + name);
        }
    }

    /** The rules of MS-FSA 2.1.4.4, one after the other, by trying all ways. */
    private static boolean matches(String pattern, int p, String name, int n) {
        boolean end = n == name.length();
        if (p == pattern.length()) {
            return end;
        }
        char wild = pattern.charAt(p);
        return switch (wild) {
            case '*' -> matches(pattern, p + 1, name, n) || !end && matches(pattern, p, name, n + 1);
            case '<' ->
                matches(pattern, p + 1, name, n)
                        || !end && n != name.lastIndexOf('.') && matches(pattern, p, name, n + 1);
            case '?' -> !end && matches(pattern, p + 1, name, n + 1);
            case '>' ->
                end || name.charAt(n) == '.' ? matches(pattern, p + 1, name, n) : matches(pattern, p + 1, name, n + 1);
            case '"' ->
                end ? matches(pattern, p + 1, name, n) : name.charAt(n) == '.' && matches(pattern, p + 1, name, n + 1);
            default -> !end && name.charAt(n) == wild && matches(pattern, p + 1, name, n + 1);
        };
    }

    private static String text(Random random, String letters, int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(lengthMax + 1); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void aPatternOfManyStarsTakesNoLongTime() {
        WildcardPattern pattern = WildcardPattern.of("*a".repeat(200) + "b");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertEquals(false, pattern.matches("a".repeat(255))));
    }

    @Test
    void aPatternThatNoNameCouldNeedIsRefused() {
        String longest = "?".repeat(WildcardPattern.LENGTH_MAX);
        assertEquals(false, WildcardPattern.of(longest).matches("a"));
        SmbException refused = assertThrows(SmbException.class, () -> WildcardPattern.of(longest + "?"));
        assertEquals(NtStatus.OBJECT_NAME_INVALID, refused.status());
    }
}
