package org.smbd.server.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Replaces the variables of smb.conf, "VARIABLE SUBSTITUTIONS", when a client connects to a share.
 *
 * <p>What a client chooses (its user name, its machine name) reaches paths, so what could lead elsewhere is replaced by
 * an underscore: separators, control characters, and names that are dots only.
 *
 * @param context what is known of the connect
 */
public record Substitution(Context context) {
    /**
     * What is known of a connect.
     *
     * @param share {@code %S}
     * @param user the session's account: {@code %U %u %H}
     * @param group its primary group: {@code %G %g}; empty where it has none
     * @param home its home directory: {@code %H}
     * @param machine the client's NetBIOS name, or its address: {@code %m}
     * @param peer the client's address: {@code %I %M}
     * @param local the server's address of the connection: {@code %i}
     * @param calledName the name by which the client called the server: {@code %L}
     * @param names the server's own names: {@code %N %D}
     * @param dialect {@code %R}, such as SMB3_11
     * @param now {@code %T %t}
     */
    public record Context(
            String share,
            String user,
            Optional<String> group,
            Optional<Path> home,
            String machine,
            InetAddress peer,
            InetAddress local,
            String calledName,
            Names names,
            String dialect,
            LocalDateTime now) {}

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
    private static final DateTimeFormatter TIME_OF_NAME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");

    /**
     * The value with its variables replaced. One without a value is left out, which for a home directory or a group
     * means that the value is of no use: {@link #isResolved}.
     */
    public String expand(String value) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int at = value.indexOf('%'); at >= 0 && at + 1 < value.length(); at = value.indexOf('%', from)) {
            text.append(value, from, at).append(variable(value.charAt(at + 1)));
            from = at + 2;
        }
        text.append(value, from, value.length());
        return text.toString();
    }

    /** The list with the variables of each member replaced. */
    public List<String> expand(List<String> values) {
        List<String> expanded = new ArrayList<>();
        values.forEach(value -> expanded.add(expand(value)));
        return expanded;
    }

    /** Whether every variable of the value is known: false if it speaks of a home directory and there is none. */
    public boolean isResolved(String value) {
        return (!value.contains("%H") || context.home().isPresent())
                && ((!value.contains("%g") && !value.contains("%G"))
                        || context.group().isPresent());
    }

    private String variable(char name) {
        return switch (name) {
            case 'S' -> safe(context.share());
            case 'U', 'u' -> safe(context.user());
            case 'G', 'g' -> safe(context.group().orElse(""));
            case 'H' -> context.home().map(Path::toString).orElse("");
            case 'm' -> safe(context.machine().toLowerCase(Locale.ROOT));
            case 'I', 'M' -> context.peer().getHostAddress();
            case 'J' -> pathSafe(context.peer());
            case 'i' -> context.local().getHostAddress();
            case 'j' -> pathSafe(context.local());
            case 'L' -> safe(context.calledName());
            case 'N' -> context.names().netbiosName();
            case 'D' -> context.names().workgroup();
            case 'h' -> ServerVariables.ofHost().hostName();
            case 'R' -> context.dialect();
            case 'T' -> TIME.format(context.now());
            case 't' -> TIME_OF_NAME.format(context.now());
            case 'd' -> Long.toString(ProcessHandle.current().pid());
            case 'v' -> ServerVariables.ofHost().version();
            case 'w' -> "\\";
            case 'V' -> "";
            case 'a' -> "UNKNOWN";
            case '%' -> "%";
            default -> "%" + name;
        };
    }

    private static String pathSafe(InetAddress address) {
        return address.getHostAddress().replace(':', '_').replace('.', '_');
    }

    private static String safe(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        boolean dotsOnly = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean leads = c == '/' || c == '\\' || c == '%' || Character.isISOControl(c);
            safe.append(leads ? '_' : c);
            dotsOnly &= c == '.';
        }
        return dotsOnly ? "_".repeat(name.length()) : safe.toString();
    }
}
