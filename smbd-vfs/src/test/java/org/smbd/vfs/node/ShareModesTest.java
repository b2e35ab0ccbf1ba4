package org.smbd.vfs.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.ShareAccess;

class ShareModesTest {
    private static final int[] RIGHTS = {
        AccessMask.FILE_READ_DATA,
        AccessMask.FILE_EXECUTE,
        AccessMask.FILE_WRITE_DATA,
        AccessMask.FILE_APPEND_DATA,
        AccessMask.DELETE,
        AccessMask.FILE_READ_ATTRIBUTES
    };

    /** 1 read, 2 write, 0x10000 delete, 0x20 execute, 4 append, 0x80 attributes; shared: 1 read, 2 write, 4 delete. */
    @ParameterizedTest
    @CsvSource({
        "0x1, 1, 0x1, 1, false",
        "0x1, 0, 0x1, 1, true",
        "0x1, 1, 0x1, 0, true",
        "0x2, 1, 0x1, 3, false",
        "0x2, 1, 0x2, 3, true",
        "0x2, 3, 0x1, 3, false",
        "0x4, 7, 0x1, 5, true",
        "0x20, 7, 0x2, 6, true",
        "0x10000, 7, 0x1, 3, true",
        "0x10000, 7, 0x1, 7, false",
        "0x80, 0, 0x3, 7, false",
        "0x1, 0, 0x80, 0, false",
    })
    void twoOpensOfAFile(String access, int share, String otherAccess, int otherShare, boolean conflict) {
        ShareModes modes = new ShareModes();
        modes.add(Integer.decode(access), share);
        assertEquals(conflict, modes.conflicts(Integer.decode(otherAccess), otherShare));
    }

    private static int right(Random random) {
        return RIGHTS[random.nextInt(RIGHTS.length)];
    }

    private record Open(int access, int share) {
        boolean forbids(Open other) {
            boolean reads = AccessMask.hasAny(other.access, AccessMask.FILE_READ_DATA | AccessMask.FILE_EXECUTE);
            boolean writes = AccessMask.hasAny(other.access, AccessMask.FILE_WRITE_DATA | AccessMask.FILE_APPEND_DATA);
            boolean deletes = AccessMask.hasAny(other.access, AccessMask.DELETE);
            return reads && !ShareAccess.has(share, ShareAccess.READ)
                    || writes && !ShareAccess.has(share, ShareAccess.WRITE)
                    || deletes && !ShareAccess.has(share, ShareAccess.DELETE);
        }

        boolean conflicts(Open other) {
            return ShareModes.takesPart(access)
                    && ShareModes.takesPart(other.access)
                    && (forbids(other) || other.forbids(this));
        }
    }

    @Test
    void countsAgreeWithEveryPair() {
        Random random = new Random(11);
        ShareModes modes = new ShareModes();
        List<Open> opens = new ArrayList<>();
        for (int step = 0; step < 50_000; step++) {
            if (!opens.isEmpty() && random.nextInt(3) == 0) {
                Open gone = opens.remove(random.nextInt(opens.size()));
                modes.remove(gone.access, gone.share);
                continue;
            }
            int access = right(random);
            access |= right(random);
            Open open = new Open(access, random.nextInt(3) == 0 ? random.nextInt(8) : ShareAccess.ALL);
            boolean conflict = opens.stream().anyMatch(open::conflicts);
            assertEquals(conflict, modes.conflicts(open.access, open.share));
            if (!conflict) {
                modes.add(open.access, open.share);
                opens.add(open);
            }
        }
        opens.forEach(open -> modes.remove(open.access, open.share));
        assertFalse(modes.conflicts(AccessMask.FILE_ALL_ACCESS, 0));
    }
}
