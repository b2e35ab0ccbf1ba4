package org.smbd.vfs.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.type.PosixIdentity;
import org.smbd.vfs.security.PosixAcl;
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
        StoreStat file = stat(StoreStat.Type.FILE, Integer.parseInt(mode, 8), uid, gid);
        StoreStat directory = stat(StoreStat.Type.DIRECTORY, Integer.parseInt(directoryMode, 8), directoryUid, 99);
        int granted = rights(file);
        assertEquals(rights.contains("r"), AccessMask.has(granted, AccessMask.FILE_READ_DATA));
        assertEquals(rights.contains("w"), AccessMask.has(granted, AccessMask.FILE_WRITE_DATA));
        assertEquals(rights.contains("x"), AccessMask.has(granted, AccessMask.FILE_EXECUTE));
        assertEquals(rights.contains("o"), AccessMask.has(granted, AccessMask.WRITE_DAC));
        boolean deletes = AccessMask.has(rights(directory), AccessMask.FILE_DELETE_CHILD)
                && PosixAccess.maySticky(USER, file, directory);
        assertEquals(rights.contains("d"), deletes);
        assertEquals(true, AccessMask.has(granted, AccessMask.FILE_READ_ATTRIBUTES | AccessMask.READ_CONTROL));
    }

    private static int rights(StoreStat file) {
        int bits = PosixAcl.ofMode(file.mode()).granted(USER, file.uid(), file.gid());
        return PosixAccess.rights(USER, file, bits);
    }

    @Test
    void onlyTheSuperuserMayAll() {
        assertTrue(PosixAccess.mayAll(PosixIdentity.ROOT));
        assertFalse(PosixAccess.mayAll(USER));
    }
}
