package org.smbd.vfs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes in the attribute are read without a fault, and what is read is written and read again as it is. */
class DosAttribFormatFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] value) {
        DosAttribFormat.decode(value)
                .ifPresent(attributes -> assertEquals(
                        attributes,
                        DosAttribFormat.decode(DosAttribFormat.encode(attributes))
                                .orElseThrow()));
    }
}
