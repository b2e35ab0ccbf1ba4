package org.smbd.vfs.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.store.FileKey;
import org.smbd.vfs.store.StoreStat;

class PosixAccessTest {
    private static final PosixIdentity USER = new PosixIdentity(10, 20, new int[] {30});

    private static StoreStat stat(StoreStat.Type type, int mode, int uid, int gid) {
        return new StoreStat(new FileKey(1, 1), type, mode, uid, gid, 1, 0, 0, 0, 0, 0, 0);
    }

    /** Whether {@link #USER} may read, write, execute, own, delete a file in a directory. */
    @ParameterizedTest
    @CsvSource({
        // mode, uid, gid, directory's mode, its uid, rights
        "0600, 10, 99, 0755, 10, rwod",
        "0600, 10, 99, 0755, 99, rwo",
        "0600, 10, 99, 0766, 99, rwo",
        "0040, 10, 20, 0777, 99, od",
        "0750, 99, 20, 0755, 99, rx",
        "0760, 99, 30, 0777, 99, rwd",
        "0707, 99, 20, 0755, 99, ''",
        "0666, 99, 99, 01777, 99, rw",
        "0600, 10, 99, 01777, 99, rwod",
        "0600, 99, 99, 01777, 10, d",
    })
    void rightsFollowOwnerGroupAndMode(
            String mode, int uid, int gid, String directoryMode, int directoryUid, String rights) {
        int granted = PosixAccess.granted(
                USER,
                stat(StoreStat.Type.FILE, Integer.parseInt(mode, 8), uid, gid),
                stat(StoreStat.Type.DIRECTORY, Integer.parseInt(directoryMode, 8), directoryUid, 99));
        assertEquals(rights.contains("r"), AccessMask.has(granted, AccessMask.FILE_READ_DATA));
        assertEquals(rights.contains("w"), AccessMask.has(granted, AccessMask.FILE_WRITE_DATA));
        assertEquals(rights.contains("x"), AccessMask.has(granted, AccessMask.FILE_EXECUTE));
        assertEquals(rights.contains("o"), AccessMask.has(granted, AccessMask.WRITE_DAC));
        assertEquals(rights.contains("d"), AccessMask.has(granted, AccessMask.DELETE));
        assertEquals(true, AccessMask.has(granted, AccessMask.FILE_READ_ATTRIBUTES | AccessMask.READ_CONTROL));
    }

    @Test
    void theSuperuserMayAll() {
        StoreStat file = stat(StoreStat.Type.FILE, 0, 99, 99);
        assertEquals(AccessMask.FILE_ALL_ACCESS, PosixAccess.granted(PosixIdentity.ROOT, file, file));
    }
}
