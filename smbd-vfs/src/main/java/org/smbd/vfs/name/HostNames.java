package org.smbd.vfs.name;

import java.util.Optional;
import org.smbd.core.status.NtStatus;

/**
 * One name: what a client may call a file, and what the host calls it. MS-FSCC 2.1.5 Pathname.
 *
 * <p>Characters that Windows forbids are refused. A file of the host can have them in its name all the same: clients
 * see U+F001 to U+F029 of the private area instead, the characters that macOS and Linux clients use for them ("Services
 * for Macintosh"), and these become the real ones on the way back. So does a trailing dot or blank.
 *
 * <p>Reserved device names (CON, AUX ...) are ordinary names here, as on an NTFS volume: only Windows programs have
 * trouble with them.
 */
final class HostNames {
    /** Longest name in UTF-16 units. MS-FSCC 2.1.5.2 Filename. */
    static final int LENGTH_MAX = 255;

    private static final char PRIVATE_CONTROL = '\uF000';
    private static final char PRIVATE_SPECIAL = '\uF020';
    /** What U+F020 and the following stand for; the blank and the dot only at the end of a name. */
    private static final String SPECIAL = "\"*:<>?\\| .";

    private static final int SPECIAL_AT_END = SPECIAL.indexOf(' ');
    private static final String FORBIDDEN = "\"*/:<>?|";

    private HostNames() {}

    /** What is wrong with a name of a client; {@code .} and {@code ..} are no names. */
    static Optional<NtStatus> error(String name) {
        int length = name.length();
        if (length == 0 || length > LENGTH_MAX || name.equals(".") || name.equals("..")) {
            return Optional.of(NtStatus.OBJECT_NAME_INVALID);
        }
        for (int i = 0; i < length; i++) {
            char unit = name.charAt(i);
            boolean forbidden = unit < ' ' || FORBIDDEN.indexOf(unit) >= 0;
            if (Character.isHighSurrogate(unit) && i + 1 < length && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (forbidden || Character.isSurrogate(unit)) {
                return Optional.of(NtStatus.OBJECT_NAME_INVALID);
            }
        }
        return Optional.empty();
    }

    /** The same for a client with POSIX semantics, which may use whatever a host has. */
    static Optional<NtStatus> posixError(String name) {
        boolean wrong = name.isEmpty()
                || name.length() > LENGTH_MAX
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('\0') >= 0
                || name.indexOf('/') >= 0;
        return wrong ? Optional.of(NtStatus.OBJECT_NAME_INVALID) : Optional.empty();
    }

    /** The name that a client means by {@code clientName}, as a new file would get it. */
    static String toHost(String clientName) {
        int length = clientName.length();
        StringBuilder host = null;
        for (int i = 0; i < length; i++) {
            char unit = clientName.charAt(i);
            char real = real(unit, i == length - 1);
            if (real != unit) {
                host = host == null ? new StringBuilder(clientName) : host;
                host.setCharAt(i, real);
            }
        }
        if (host == null) {
            return clientName;
        }
        String name = host.toString();
        return name.equals(".") || name.equals("..") ? clientName : name; // never a way up
    }

    /** The name that clients see for {@code hostName}. */
    static String toClient(String hostName) {
        int length = hostName.length();
        StringBuilder client = null;
        for (int i = 0; i < length; i++) {
            char unit = hostName.charAt(i);
            int special = unit == '/' ? -1 : SPECIAL.indexOf(unit);
            char shown = unit;
            if (unit < ' ') {
                shown = (char) (PRIVATE_CONTROL + unit);
            } else if (special >= 0 && (special < SPECIAL_AT_END || i == length - 1)) {
                shown = (char) (PRIVATE_SPECIAL + special);
            }
            if (shown != unit) {
                client = client == null ? new StringBuilder(hostName) : client;
                client.setCharAt(i, shown);
            }
        }
        return client == null ? hostName : client.toString();
    }

    /** The name that clients with POSIX semantics see: as it is, but for what parts the names of a path. */
    static String toPosixClient(String hostName) {
        return hostName.replace('\\', (char) (PRIVATE_SPECIAL + SPECIAL.indexOf('\\')));
    }

    private static char real(char unit, boolean atEnd) {
        int special = unit - PRIVATE_SPECIAL;
        if (special >= 0 && special < SPECIAL.length() && (special < SPECIAL_AT_END || atEnd)) {
            return SPECIAL.charAt(special);
        }
        return unit > PRIVATE_CONTROL && unit < PRIVATE_SPECIAL ? (char) (unit - PRIVATE_CONTROL) : unit;
    }
}
