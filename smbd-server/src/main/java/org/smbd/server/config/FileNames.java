package org.smbd.server.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.dir.NamePatterns;
import org.smbd.vfs.name.CharacterMap;
import org.smbd.vfs.name.NameOptions;
import org.smbd.vfs.name.ShortNames;

/** The parameters of one share that are about names of files. */
final class FileNames {
    /** {@code auto} asks for a client that says whether case counts; only opens with POSIX semantics do. */
    private static final Map<String, Boolean> CASE_SENSITIVE = Map.of("auto", false, "no", false, "yes", true);

    private static final Map<String, Boolean> UPPER = Map.of("lower", false, "upper", true);
    private static final Map<String, ShortNames.Kind> MANGLED = Map.of(
            "illegal", ShortNames.Kind.ILLEGAL,
            "yes", ShortNames.Kind.ALL,
            "true", ShortNames.Kind.ALL,
            "1", ShortNames.Kind.ALL,
            "no", ShortNames.Kind.NONE,
            "false", ShortNames.Kind.NONE,
            "0", ShortNames.Kind.NONE);
    private static final Map<String, ShortNames.Method> METHODS =
            Map.of("hash", ShortNames.Method.HASH, "hash2", ShortNames.Method.HASH2);

    private FileNames() {}

    static NameOptions from(Values values) {
        List<String> modules = values.list("vfs objects", List.of());
        return new NameOptions(
                values.choice("case sensitive", false, CASE_SENSITIVE),
                values.bool("preserve case", true),
                values.bool("short preserve case", true),
                values.choice("default case", false, UPPER),
                !modules.contains("fruit") || !isPrivate(values),
                new ShortNames(
                        values.choice("mangled names", ShortNames.Kind.ILLEGAL, MANGLED),
                        values.integer("mangle prefix", 1, 1, 6),
                        values.choice("mangling method", ShortNames.Method.HASH2, METHODS)),
                modules.contains("catia") ? characters(values) : CharacterMap.NONE,
                patterns(values, "veto files", NameOptions.DEFAULT.veto()),
                patterns(values, "hide files", NameOptions.DEFAULT.hide()),
                values.bool("delete veto files", false),
                values.bool("hide special files", false),
                values.bool("smb3 unix extensions", true));
    }

    /** Macs put what Windows forbids into the private area; {@code private} leaves it there on disk. */
    private static boolean isPrivate(Values values) {
        return values.option("fruit:encoding")
                .map(setting -> setting.value().toLowerCase(Locale.ROOT))
                .filter("private"::equals)
                .isPresent();
    }

    private static CharacterMap characters(Values values) {
        Optional<Setting> mappings = values.option("catia:mappings");
        try {
            return mappings.map(setting -> CharacterMap.parse(setting.value())).orElse(CharacterMap.NONE);
        } catch (IllegalArgumentException e) {
            throw mappings.orElseThrow().wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Predicate<String> patterns(Values values, String name, Predicate<String> none) {
        String list = values.text(name, "");
        try {
            return list.isEmpty() ? none : NamePatterns.of(list);
        } catch (SmbException e) {
            throw values.wrong(name, "one of the names is too long");
        }
    }
}
