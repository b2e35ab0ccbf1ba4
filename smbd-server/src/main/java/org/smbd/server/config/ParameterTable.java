package org.smbd.server.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every parameter that smbd knows, found by name or synonym; read once from {@code parameters.txt}. */
final class ParameterTable {
    static final ParameterTable INSTANCE = read();

    /**
     * A name's meaning.
     *
     * @param inverted whether the name means the opposite, as {@code writeable} does of {@code read only}
     */
    record Match(Parameter parameter, boolean inverted) {}

    private final Map<String, Match> byKey;
    private final Map<String, Parameter> byName;

    private ParameterTable(Map<String, Match> byKey, Map<String, Parameter> byName) {
        this.byKey = byKey;
        this.byName = byName;
    }

    /** Finds a parameter by any of its names; case and blanks do not matter. */
    Optional<Match> find(String written) {
        return Optional.ofNullable(byKey.get(key(written)));
    }

    /** The parameter of exactly this name. */
    Parameter named(String name) {
        Parameter parameter = byName.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no such parameter: " + name);
        }
        return parameter;
    }

    Collection<Parameter> all() {
        return byName.values();
    }

    /** The form of a parameter or section name in which two spellings of it are equal. */
    static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (!Blanks.isBlank(name.charAt(i))) {
                key.append(name.charAt(i));
            }
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    private static ParameterTable read() {
        Map<String, Match> byKey = new LinkedHashMap<>();
        Map<String, Parameter> byName = new LinkedHashMap<>();
        try (InputStream in = ParameterTable.class.getResourceAsStream("parameters.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    add(line.split("; ", -1), byKey, byName);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ParameterTable(byKey, byName);
    }

    private static void add(String[] columns, Map<String, Match> byKey, Map<String, Parameter> byName) {
        String[] names = columns[2].split(", ", -1);
        Set<String> fine = new LinkedHashSet<>();
        if (columns.length > 3) {
            for (String value : columns[3].split(", ", -1)) {
                fine.add(value.equals("-") ? "" : value.toLowerCase(Locale.ROOT));
            }
        }
        Parameter parameter = new Parameter(
                names[0],
                columns[0].equals("G") ? Parameter.Scope.GLOBAL : Parameter.Scope.SHARE,
                Parameter.Treatment.valueOf(columns[1].toUpperCase(Locale.ROOT)),
                Set.copyOf(fine));
        byName.put(parameter.name(), parameter);
        for (String name : names) {
            boolean inverted = name.charAt(0) == '!';
            String key = key(inverted ? name.substring(1) : name);
            if (byKey.put(key, new Match(parameter, inverted)) != null) {
                throw new IllegalStateException("two parameters are called " + name);
            }
        }
    }
}
