package org.smbd.server.smb2;

import java.util.Locale;
import org.smbd.core.type.SecurityContext;

/** What clients chose, made fit for a line of the log. */
public final class LogText {
    private static final int CHARACTERS_MAX = 256;

    private LogText() {}

    /** The text without what could forge a line or fill the disk. */
    public static String clean(String text) {
        String cut = text.length() > CHARACTERS_MAX ? text.substring(0, CHARACTERS_MAX) + "..." : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }

    /** As "guest" or "anonymous". */
    public static String kind(SecurityContext context) {
        return context.kind().name().toLowerCase(Locale.ROOT);
    }
}
