package org.smbd.vfs.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CaseFoldTest {
    @Test
    void caseIsIgnoredInEveryScript() {
        assertTrue(CaseFold.isSame("File.TXT", "fILE.txt"));
        assertTrue(CaseFold.isSame("\u00E4\u0436\uFF41", "\u00C4\u0416\uFF21"));
        assertEquals("\u0178", CaseFold.fold("\u00FF"));
    }

    @Test
    void nothingChangesInLengthOrBecomesAscii() {
        assertEquals("\u00DF", CaseFold.fold("\u00DF"), "sharp s");
        assertFalse(CaseFold.isSame("\u0131", "I"), "dotless i");
        assertFalse(CaseFold.isSame("\u017F", "S"), "long s");
        assertFalse(CaseFold.isSame("\u00E4", "a\u0308"), "composed and decomposed");
        assertEquals("\uD801\uDC28", CaseFold.fold("\uD801\uDC28"), "units of a pair stay");
    }

    @Test
    void whatIsFoldedIsReturnedAsItIs() {
        String folded = "ABC-1";
        assertSame(folded, CaseFold.fold(folded));
        for (char unit = 0; unit < Character.MAX_VALUE; unit++) {
            assertEquals(CaseFold.upcase(unit), CaseFold.upcase(CaseFold.upcase(unit)));
        }
    }
}
