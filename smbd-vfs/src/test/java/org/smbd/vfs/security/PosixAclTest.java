package org.smbd.vfs.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.core.type.PosixIdentity;

/** The access control lists of the host: their form, and what acl(5) says they grant. */
class PosixAclTest {
    private static final String VALUE = "02000000"
            + "01000700ffffffff"
            + "02000600ea030000"
            + "04000500ffffffff"
            + "08000700d0070000"
            + "10000500ffffffff"
            + "20000000ffffffff";

    @Test
    void theFormOfTheAttributeIsReadAndWritten() {
        byte[] value = HexFormat.of().parseHex(VALUE);
        PosixAcl list = PosixAcl.decode(value).orElseThrow();
        assertArrayEquals(value, list.encode());
        assertEquals(0750, list.mode(), "the mask is what a mode shows of the group");
    }

    @Test
    void aModeIsAListOfThree() {
        assertEquals(0754, PosixAcl.ofMode(0100754).mode());
        assertEquals(
                PosixAcl.ofMode(0754),
                PosixAcl.decode(PosixAcl.ofMode(0754).encode()).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02",
                "01000000", // another version
                "0200000001",
                "0200000001000700ffffff", // half an entry
                "0200000040000700ffffffff", // a tag that does not exist
            })
    void damageIsNoList(String value) {
        assertEquals(Optional.empty(), PosixAcl.decode(HexFormat.of().parseHex(value)));
    }

    @ParameterizedTest
    @CsvSource({
        // uid, gid, supplementary group, what is granted of a file of 1:10 with the list above
        "1, 10, 2000, 7", // the owner, with no look at its groups and no mask
        "1002, 99, 99, 4", // rw-, masked by r-x
        "1002, 10, 2000, 4", // a named user's groups do not count
        "5, 10, 99, 5",
        "5, 99, 10, 5",
        "5, 2000, 99, 5", // rwx, masked
        "5, 99, 2000, 5",
        "5, 99, 98, 0",
    })
    void theMostSpecificEntryDecides(int uid, int gid, int group, int granted) {
        PosixAcl list = PosixAcl.decode(HexFormat.of().parseHex(VALUE)).orElseThrow();
        assertEquals(granted, list.granted(new PosixIdentity(uid, gid, new int[] {group}), 1, 10));
    }
}
