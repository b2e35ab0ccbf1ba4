package org.smbd.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.smbd.server.config.LoadedConfig.EffectiveParameter;

/**
 * What one section holds, read by type. Every question names the default, and is remembered, so that {@code check} can
 * show what holds and a test can compare with the documentation.
 */
final class Values {
    private final Map<String, Setting> settings;
    private final ServerVariables variables;
    private final Map<String, EffectiveParameter> asked = new LinkedHashMap<>();

    Values(Map<String, Setting> settings, ServerVariables variables) {
        this.settings = settings;
        this.variables = variables;
    }

    /** A section in which nothing is set: every answer is the default. */
    static Values none() {
        return new Values(Map.of(), ServerVariables.ofHost());
    }

    /** The parameters asked for so far, in that order. */
    List<EffectiveParameter> asked() {
        return List.copyOf(asked.values());
    }

    /**
     * What a parameter was set to; the option of a module, such as {@code recycle:versions}, is asked for in the same
     * way, but remembered only where it is set.
     */
    Optional<Setting> setting(String name, String standard) {
        boolean option = name.indexOf(':') >= 0;
        String key = option
                ? ParameterTable.key(name)
                : ParameterTable.INSTANCE.named(name).name();
        Setting setting = settings.get(key);
        if (setting != null || !option) {
            asked.put(name, new EffectiveParameter(name, setting == null ? standard : setting.value(), standard));
        }
        return Optional.ofNullable(setting);
    }

    /** A module's option such as {@code catia:mappings}; its name in lower case, without blanks. */
    Optional<Setting> option(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** A text; quotes around all of it are not part of it. */
    String text(String name, String standard) {
        return setting(name, standard).map(s -> unquote(s.value())).orElse(standard);
    }

    /** A text with the variables expanded that are known at start. */
    String expanded(String name, String standard) {
        return variables.expand(text(name, standard));
    }

    boolean bool(String name, boolean standard) {
        return setting(name, standard ? "yes" : "no").map(Values::parseBoolean).orElse(standard);
    }

    int integer(String name, int standard, int min, int max) {
        return setting(name, Integer.toString(standard))
                .map(s -> (int) between(s, parseLong(s), min, max))
                .orElse(standard);
    }

    /** A number of bytes: digits, and K, M, G or T for powers of 1024. */
    int bytes(String name, int standard, int min, int max) {
        return setting(name, sizeText(standard))
                .map(s -> (int) between(s, parseSize(s), min, max))
                .orElse(standard);
    }

    /** As {@link #bytes}, beyond 2 GiB too. */
    long longBytes(String name, long standard) {
        return setting(name, sizeText(standard))
                .map(s -> between(s, parseSize(s), 0, Long.MAX_VALUE))
                .orElse(standard);
    }

    Duration seconds(String name, int standard, int min, int max) {
        return Duration.ofSeconds(integer(name, standard, min, max));
    }

    /** A Unix mode in octal. */
    int mode(String name, int standard) {
        return setting(name, String.format("%04o", standard))
                .map(s -> {
                    if (!s.value().matches("0?[0-7]{1,4}")) {
                        throw s.wrong("\"" + s.value() + "\" is not a mode in octal, such as 0755");
                    }
                    return Integer.parseInt(s.value(), 8);
                })
                .orElse(standard);
    }

    /** One of several words, several of which may mean the same; case does not matter. */
    <T> T choice(String name, T standard, Map<String, T> words) {
        String text = words.entrySet().stream()
                .filter(word -> word.getValue().equals(standard))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        return setting(name, text)
                .map(s -> {
                    T value = words.get(unquote(s.value()).toLowerCase(Locale.ROOT));
                    if (value == null) {
                        throw s.wrong("\"" + s.value() + "\" is none of " + String.join(", ", words.keySet()));
                    }
                    return value;
                })
                .orElse(standard);
    }

    List<String> list(String name, List<String> standard) {
        return setting(name, String.join(", ", standard))
                .map(s -> splitList(s.value()))
                .orElse(standard);
    }

    Path path(String name, Path standard) {
        return setting(name, standard.toString())
                .map(s -> {
                    try {
                        Path path = Path.of(variables.expand(unquote(s.value())));
                        if (!path.isAbsolute()) {
                            throw s.wrong("\"" + s.value() + "\" is not an absolute path");
                        }
                        return path;
                    } catch (InvalidPathException e) {
                        throw s.wrong(String.valueOf(e.getMessage()));
                    }
                })
                .orElse(standard);
    }

    /** Where a parameter was set; the program's own origin where it was not. */
    ConfigException wrong(String name, String problem) {
        Setting setting = settings.get(name);
        return setting == null ? new ConfigException(Origin.PROGRAM, name, problem) : setting.wrong(problem);
    }

    static boolean parseBoolean(Setting setting) {
        return switch (unquote(setting.value()).toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1", "on" -> true;
            case "no", "false", "0", "off" -> false;
            default -> throw setting.wrong("\"" + setting.value() + "\" is neither yes nor no");
        };
    }

    /** Blanks and commas separate, double quotes keep together, also in the middle of a word. */
    static List<String> splitList(String value) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (!quoted && (c == ',' || c == ';' || Blanks.isBlank(c))) {
                if (begun && word.length() > 0) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }

    /** The largest unit that divides it. */
    static String sizeText(long bytes) {
        String units = "KMGT";
        int unit = -1;
        long size = bytes;
        while (size >= 1024 && size % 1024 == 0 && unit < units.length() - 1) {
            size /= 1024;
            unit++;
        }
        return unit < 0 ? Long.toString(size) : Long.toString(size) + units.charAt(unit);
    }

    private static long parseLong(Setting setting) {
        try {
            return Long.parseLong(unquote(setting.value()));
        } catch (NumberFormatException e) {
            throw setting.wrong("\"" + setting.value() + "\" is not a number");
        }
    }

    private static long parseSize(Setting setting) {
        String text = unquote(setting.value());
        int unit = text.isEmpty() ? -1 : "KMGT".indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
        String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
        try {
            return Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1)));
        } catch (NumberFormatException | ArithmeticException e) {
            throw setting.wrong("\"" + setting.value() + "\" is not a size, such as 8388608 or 8M");
        }
    }

    private static long between(Setting setting, long value, long min, long max) {
        if (value < min || value > max) {
            throw setting.wrong(setting.value() + " is not between " + min + " and " + max);
        }
        return value;
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted && value.indexOf('"', 1) == value.length() - 1 ? value.substring(1, value.length() - 1) : value;
    }
}
