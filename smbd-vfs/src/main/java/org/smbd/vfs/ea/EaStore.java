package org.smbd.vfs.ea;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.store.ExtendedAttributes;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.Volume;

/**
 * The extended attributes of files as clients know them, kept as Samba does in {@code user.<name>}. Which of them have
 * the flag FILE_NEED_EA is kept in {@code user.smbd.NeedEa}. Rights are the caller's affair.
 */
public final class EaStore {
    /** MS-FSA 2.1.5.15.6: 64 KB less 5 bytes. */
    private static final int LENGTH_MAX = 64 * 1024 - 5;
    /** FILE_FULL_EA_INFORMATION without offset, name and value: Flags, EaNameLength, EaValueLength, a NUL. */
    private static final int ENTRY_BYTES = 5;
    /** MS-FSA 2.1.5.12.10 FileEaInformation: "to account for the header". */
    private static final int HEADER_BYTES = 4;

    private static final String PREFIX = "user.";
    private static final String NEEDED = "user.smbd.NeedEa";
    private static final int NAME_BYTES_MAX = 254;

    private final EaOptions options;
    private final String streamPrefix;
    private final boolean served;

    /**
     * For the files of {@code volume}.
     *
     * @param streamPrefix what the attributes of named streams begin with
     */
    public EaStore(EaOptions options, String streamPrefix, Volume volume) {
        this.options = options;
        this.streamPrefix = streamPrefix;
        this.served = options.served() && volume.capabilities().extendedAttributes();
    }

    /** Whether files have extended attributes. */
    public boolean isServed() {
        return served;
    }

    /** The names of the host's attributes that are clients', in an order that stays. */
    private List<String> names(ExtendedAttributes attributes) {
        return served
                ? attributes.names().stream().filter(this::isClients).sorted().toList()
                : List.of();
    }

    private boolean isClients(String attribute) {
        boolean stream = streamPrefix.length() > PREFIX.length() && attribute.startsWith(streamPrefix);
        return attribute.startsWith(PREFIX)
                && attribute.length() > PREFIX.length()
                && nameBytes(attribute).length <= NAME_BYTES_MAX
                && !stream
                && options.hidden().stream().noneMatch(attribute::equalsIgnoreCase)
                && !PrivateAttributes.isOwn(attribute);
    }

    private static byte[] nameBytes(String attribute) {
        return attribute.substring(PREFIX.length()).getBytes(StandardCharsets.UTF_8);
    }

    /** All of a file, in an order that stays while the file does not change. */
    public List<ExtendedAttribute> list(StoreFile file) {
        ExtendedAttributes attributes = file.extendedAttributes();
        List<String> names = names(attributes);
        if (names.isEmpty()) {
            return List.of();
        }
        Set<String> needed = needed(attributes);
        List<ExtendedAttribute> list = new ArrayList<>(names.size());
        for (String attribute : names) {
            String name = attribute.substring(PREFIX.length());
            int flags = needed.contains(name) ? ExtendedAttribute.FILE_NEED_EA : 0;
            attributes
                    .get(attribute)
                    .filter(value -> value.length > 0 && value.length < ExtendedAttributes.VALUE_LENGTH_MAX)
                    .ifPresent(value -> list.add(new ExtendedAttribute(flags, name, value)));
        }
        return list;
    }

    /** The names with FILE_NEED_EA; case does not matter. */
    private static Set<String> needed(ExtendedAttributes attributes) {
        Set<String> needed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Optional<byte[]> value = attributes.get(NEEDED);
        value.ifPresent(bytes -> needed.addAll(Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\0"))));
        return needed;
    }

    /** EaSize of FileEaInformation: MS-FSA 2.1.5.12.10; 0 if there are none. */
    public int size(StoreFile file) {
        int size = length(list(file));
        return size == 0 ? 0 : size + HEADER_BYTES;
    }

    private static int length(List<ExtendedAttribute> list) {
        int length = 0;
        for (ExtendedAttribute attribute : list) {
            length += ENTRY_BYTES + attribute.name().getBytes(StandardCharsets.UTF_8).length + attribute.value().length;
        }
        return length;
    }

    /** Whether the file must not be opened by who does not understand extended attributes. */
    public boolean isAnyNeeded(StoreFile file) {
        return served && list(file).stream().anyMatch(ExtendedAttribute::isNeeded);
    }

    /**
     * Sets attributes one by one; an empty value removes. MS-FSA 2.1.5.15.6 FileFullEaInformation: EA_TOO_LARGE, with
     * nothing changed, if that would be more than a file may have.
     */
    public void set(StoreFile file, List<ExtendedAttribute> changes) {
        check(changes).ifPresent(EaStore::refuse);
        ExtendedAttributes attributes = file.extendedAttributes();
        List<ExtendedAttribute> before = list(file);
        List<ExtendedAttribute> after = new ArrayList<>(before);
        for (ExtendedAttribute change : changes) {
            after.removeIf(attribute -> attribute.name().equalsIgnoreCase(change.name()));
            if (change.value().length != 0) {
                after.add(change);
            }
        }
        if (length(after) > LENGTH_MAX) {
            throw NtStatus.EA_TOO_LARGE.exception();
        }
        try {
            changes.forEach(change -> apply(attributes, before, change));
        } catch (SmbException e) {
            undo(attributes, before, changes);
            throw e;
        }
        keepNeeded(attributes, before, after);
    }

    /** Sets exactly these: what a file gets that is overwritten. */
    public void replace(StoreFile file, List<ExtendedAttribute> all) {
        List<ExtendedAttribute> changes = new ArrayList<>();
        for (ExtendedAttribute old : list(file)) {
            if (all.stream().noneMatch(kept -> kept.name().equalsIgnoreCase(old.name()))) {
                changes.add(new ExtendedAttribute(0, old.name(), new byte[0]));
            }
        }
        changes.addAll(all);
        if (!changes.isEmpty()) {
            set(file, changes);
        }
    }

    private static void refuse(NtStatus status) {
        throw status.exception();
    }

    /** Why these cannot be set on any file, if so. */
    public Optional<NtStatus> check(List<ExtendedAttribute> changes) {
        return changes.stream().flatMap(change -> check(change).stream()).findFirst();
    }

    private Optional<NtStatus> check(ExtendedAttribute change) {
        if (!served) {
            return Optional.of(NtStatus.EAS_NOT_SUPPORTED);
        }
        String attribute = PREFIX + change.name();
        int bytes = nameBytes(attribute).length;
        // Windows takes up to 254 bytes, the host five less
        if (bytes == 0 || bytes > NAME_BYTES_MAX || PREFIX.length() + bytes > ExtendedAttributes.NAME_BYTES_MAX) {
            return Optional.of(NtStatus.INVALID_EA_NAME);
        }
        return isClients(attribute) ? Optional.empty() : Optional.of(NtStatus.ACCESS_DENIED);
    }

    /** A name that is there in another case keeps the case that it has. */
    private static void apply(ExtendedAttributes attributes, List<ExtendedAttribute> before, ExtendedAttribute change) {
        String name = before.stream()
                .map(ExtendedAttribute::name)
                .filter(change.name()::equalsIgnoreCase)
                .findFirst()
                .orElse(change.name());
        if (change.value().length == 0) {
            attributes.remove(PREFIX + name);
        } else if (!attributes.set(PREFIX + name, change.value())) {
            throw NtStatus.EA_TOO_LARGE.exception(); // more than this file system gives one file
        }
    }

    private static void undo(
            ExtendedAttributes attributes, List<ExtendedAttribute> before, List<ExtendedAttribute> changes) {
        for (ExtendedAttribute change : changes) {
            Optional<ExtendedAttribute> old = before.stream()
                    .filter(attribute -> attribute.name().equalsIgnoreCase(change.name()))
                    .findFirst();
            if (old.isPresent()) {
                attributes.set(PREFIX + old.get().name(), old.get().value());
            } else {
                attributes.remove(PREFIX + change.name());
            }
        }
    }

    private static void keepNeeded(
            ExtendedAttributes attributes, List<ExtendedAttribute> before, List<ExtendedAttribute> after) {
        List<String> needed = after.stream()
                .filter(ExtendedAttribute::isNeeded)
                .map(attribute -> attribute.name().toUpperCase(Locale.ROOT))
                .toList();
        if (!needed.isEmpty()) {
            attributes.set(NEEDED, String.join("\0", needed).getBytes(StandardCharsets.UTF_8));
        } else if (before.stream().anyMatch(ExtendedAttribute::isNeeded)) {
            attributes.remove(NEEDED);
        }
    }
}
