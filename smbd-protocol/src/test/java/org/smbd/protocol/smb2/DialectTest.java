package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialectTest {
    @Test
    void dialectsAreOrderedByRevision() {
        int[] revisions =
                Arrays.stream(Dialect.values()).mapToInt(Dialect::revision).toArray();
        int[] sorted = revisions.clone();
        Arrays.sort(sorted);
        assertEquals(Arrays.toString(sorted), Arrays.toString(revisions));
        assertTrue(Dialect.SMB_3_0.isAtLeast(Dialect.SMB_3_0));
        assertFalse(Dialect.SMB_2_1.isAtLeast(Dialect.SMB_3_0));
    }

    @Test
    void theWildcardIsNoDialect() {
        assertEquals(Optional.empty(), Dialect.of(Dialect.WILDCARD_REVISION));
        assertEquals(Optional.of(Dialect.SMB_3_1_1), Dialect.of(0x0311));
        assertEquals(Optional.empty(), Dialect.of(0x0310));
    }

    @Test
    void featuresBeginWithTheirDialect() {
        assertFalse(Dialect.SMB_2_0_2.hasLeases());
        assertFalse(Dialect.SMB_2_0_2.hasMultiCredit());
        assertFalse(Dialect.SMB_2_0_2.hasLockSequence());
        assertTrue(Dialect.SMB_2_1.hasLeases());
        assertTrue(Dialect.SMB_2_1.hasMultiCredit());
        assertTrue(Dialect.SMB_2_1.hasLockSequence());
        assertFalse(Dialect.SMB_2_1.hasEncryption());
        assertFalse(Dialect.SMB_2_1.hasDirectoryLeases());
        assertFalse(Dialect.SMB_2_1.hasMultiChannel());
        assertTrue(Dialect.SMB_3_0.hasEncryption());
        assertTrue(Dialect.SMB_3_0.hasDirectoryLeases());
        assertTrue(Dialect.SMB_3_0.hasMultiChannel());
        assertFalse(Dialect.SMB_3_0_2.hasPreauthIntegrity());
        assertTrue(Dialect.SMB_3_1_1.hasPreauthIntegrity());
        assertEquals("3.0.2", Dialect.SMB_3_0_2.toString());
    }
}
