package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileIdsTest {
    private final FileIds ids = new FileIds(7);

    @Test
    void onTheRootDeviceItIsTheInode() {
        assertEquals(4711, ids.of(new FileKey(7, 4711)));
    }

    @Test
    void nestedMountsHaveTheirOwn() {
        Set<Long> seen = new HashSet<>();
        for (long device = 1; device <= 50; device++) {
            for (long inode = 1; inode <= 200; inode++) {
                seen.add(ids.of(new FileKey(device, inode)));
            }
        }
        assertEquals(50 * 200, seen.size());
    }

    @Test
    void neitherZeroNorAllOnesIsAnId() {
        assertNotEquals(0, ids.of(new FileKey(7, 0)));
        assertNotEquals(-1, ids.of(new FileKey(7, -1)));
    }
}
