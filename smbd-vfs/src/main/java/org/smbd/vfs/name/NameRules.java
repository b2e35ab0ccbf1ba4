package org.smbd.vfs.name;

import java.util.Locale;
import java.util.Optional;
import org.smbd.core.status.NtStatus;

/**
 * How one share's names are read and written: what a client may call a file, what the host calls it, and which names
 * are the same.
 */
final class NameRules {
    private final NameOptions options;
    private final boolean posix;

    NameRules(NameOptions options, boolean posix) {
        this.options = options;
        this.posix = posix;
    }

    /** The rules for opens with POSIX semantics: case counts, and nothing is forbidden but what no host has. */
    NameRules posix() {
        return new NameRules(options, true);
    }

    NameOptions options() {
        return options;
    }

    ShortNames shortNames() {
        return options.shortNames();
    }

    boolean isCaseSensitive() {
        return posix || options.caseSensitive();
    }

    /** What is wrong with a name of a client; {@code .} and {@code ..} are no names. */
    Optional<NtStatus> error(String name) {
        return posix ? HostNames.posixError(name) : HostNames.error(name);
    }

    /** The name that a client means by {@code clientName}, on the host. */
    String toHost(String clientName) {
        if (posix) {
            return HostNames.toHost(clientName);
        }
        String mapped = options.characters().host(clientName);
        String host = options.mapPrivate() ? HostNames.toHost(mapped) : mapped;
        return host.indexOf('/') >= 0 ? clientName : host;
    }

    /** The name that clients see for {@code hostName}. */
    String toClient(String hostName) {
        return posix
                ? HostNames.toPosixClient(hostName)
                : HostNames.toClient(options.characters().client(hostName));
    }

    /** The name that a new file gets which a client calls {@code hostName}, once that is the host's. */
    String ofNew(String hostName) {
        boolean keep = posix || (ShortNames.fits(hostName) ? options.shortPreserveCase() : options.preserveCase());
        if (keep) {
            return hostName;
        }
        return options.upperDefault() ? CaseFold.fold(hostName) : hostName.toLowerCase(Locale.ROOT);
    }

    /** What names that are the same but for case, or for the form of an accent, have in common. */
    String key(String hostName) {
        return CaseFold.fold(UnicodeForm.composed(toClient(hostName)));
    }

    /** Whether two names of the host are the same but for case. */
    boolean isSame(String hostName, String other) {
        return CaseFold.isSame(toClient(hostName), toClient(other));
    }

    /** Whether no client may see or reach a file of this name. */
    boolean isVetoed(String hostName) {
        return options.veto().test(hostName);
    }

    /** Whether any file can have a short name beside its own. */
    boolean hasShortNames() {
        return !posix && options.shortNames().kind() != ShortNames.Kind.NONE;
    }

    /** Whether a file of this name has a short name beside it. */
    boolean hasShortName(String hostName) {
        return switch (options.shortNames().kind()) {
            case NONE -> false;
            case ILLEGAL -> !HostNames.toClient(hostName).equals(hostName);
            case ALL -> !ShortNames.fits(toClient(hostName));
        };
    }
}
