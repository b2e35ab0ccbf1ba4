package org.smbd.protocol.fscc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;

class InformationClassTest {
    @Test
    void theClassesForQueriesAreThoseOfTheSpecification() {
        assertEquals(
                Set.of(4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 28, 34, 35, 48, 59, 100),
                accepted(FileInformationClass::ofQuery));
    }

    @Test
    void theClassesForSetsAreThoseOfTheSpecification() {
        assertEquals(
                Set.of(4, 10, 11, 13, 14, 15, 16, 19, 20, 23, 39, 40, 64, 65), accepted(FileInformationClass::ofSet));
    }

    @Test
    void theClassesForDirectoriesAreThoseOfTheSpecification() {
        assertEquals(Set.of(1, 2, 3, 12, 37, 38, 60, 78, 79, 80, 81, 100), accepted(FileInformationClass::ofDirectory));
    }

    @Test
    void theClassesOfFileSystemsAreThoseOfTheSpecification() {
        assertEquals(Set.of(1, 3, 4, 5, 6, 7, 8, 11, 100), accepted(FsInformationClass::ofQuery));
        assertEquals(Set.of(6, 8), accepted(FsInformationClass::ofSet));
    }

    @Test
    void unknownUnsuitableAndLocalClassesHaveTheirOwnStatus() {
        assertEquals(NtStatus.INVALID_INFO_CLASS, refusal(FileInformationClass::ofQuery, 0));
        assertEquals(NtStatus.INVALID_INFO_CLASS, refusal(FileInformationClass::ofQuery, 255));
        assertEquals(NtStatus.INVALID_INFO_CLASS, refusal(FileInformationClass::ofQuery, 10));
        assertEquals(NtStatus.NOT_SUPPORTED, refusal(FileInformationClass::ofQuery, 9));
        assertEquals(NtStatus.INVALID_INFO_CLASS, refusal(FileInformationClass::ofSet, 5));
        assertEquals(NtStatus.INVALID_INFO_CLASS, refusal(FileInformationClass::ofDirectory, 4));
        assertEquals(NtStatus.NOT_SUPPORTED, refusal(FsInformationClass::ofQuery, 2));
        assertEquals(NtStatus.INVALID_INFO_CLASS, refusal(FsInformationClass::ofQuery, 12));
        assertEquals(NtStatus.INVALID_INFO_CLASS, refusal(FsInformationClass::ofSet, 1));
        assertEquals(NtStatus.NOT_SUPPORTED, refusal(FsInformationClass::ofSet, 10));
    }

    @Test
    void eachClassNamesTheAccessThatItNeeds() {
        assertEquals(AccessMask.FILE_READ_ATTRIBUTES, FileInformationClass.BASIC.queryAccess());
        assertEquals(AccessMask.FILE_WRITE_ATTRIBUTES, FileInformationClass.BASIC.setAccess());
        assertEquals(AccessMask.FILE_READ_ATTRIBUTES, FileInformationClass.NETWORK_OPEN.queryAccess());
        assertEquals(0, FileInformationClass.STANDARD.queryAccess());
        assertEquals(AccessMask.FILE_READ_EA, FileInformationClass.FULL_EA.queryAccess());
        assertEquals(AccessMask.DELETE, FileInformationClass.RENAME.setAccess());
        assertEquals(AccessMask.DELETE, FileInformationClass.DISPOSITION.setAccess());
        assertEquals(AccessMask.FILE_WRITE_DATA, FileInformationClass.END_OF_FILE.setAccess());
        assertEquals(AccessMask.FILE_WRITE_DATA, FsInformationClass.CONTROL.setAccess());
    }

    private static Set<Integer> accepted(IntFunction<?> lookup) {
        Set<Integer> levels = new TreeSet<>();
        for (int level = 0; level < 256; level++) {
            try {
                assertNotNull(lookup.apply(level));
                levels.add(level);
            } catch (SmbException refused) {
                assertEquals(true, refused.status().isError());
            }
        }
        return levels;
    }

    private static NtStatus refusal(IntFunction<?> lookup, int level) {
        return assertThrows(SmbException.class, () -> lookup.apply(level)).status();
    }
}
