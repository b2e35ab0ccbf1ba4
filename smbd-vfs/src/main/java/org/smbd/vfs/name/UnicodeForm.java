package org.smbd.vfs.name;

import java.text.Normalizer;

/**
 * The two forms of an accent. Windows and Linux write "ä" as one character (NFC), macOS used to write a letter and a
 * mark (NFD). Files with the one form are found by the other, unless both are there.
 */
public final class UnicodeForm {
    /** No character before this one is changed by composition, nor composes with another before it. */
    private static final char FIRST_MARK = '\u0300';

    private UnicodeForm() {}

    /** {@code name} in composed form. */
    public static String composed(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= FIRST_MARK) {
                return Normalizer.normalize(name, Normalizer.Form.NFC);
            }
        }
        return name;
    }
}
