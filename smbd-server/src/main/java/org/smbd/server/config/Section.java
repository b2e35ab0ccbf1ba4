package org.smbd.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters of [global] or of one share while a configuration is read.
 *
 * <p>A share begins with the defaults that [global] held when its section first appeared; what it sets itself, or
 * copies, goes above them.
 */
final class Section {
    private final String name;
    private final Origin origin;
    private final Map<String, Setting> defaults;
    private final Map<String, Setting> own = new LinkedHashMap<>();

    Section(String name, Origin origin, Map<String, Setting> defaults) {
        this.name = name;
        this.origin = origin;
        this.defaults = Map.copyOf(defaults);
    }

    String name() {
        return name;
    }

    Origin origin() {
        return origin;
    }

    void set(Setting setting) {
        own.put(setting.name(), setting);
    }

    /** Takes over what the other section holds and this one has not set itself so far: {@code copy =}. */
    void copyFrom(Section other) {
        other.settings().forEach(own::putIfAbsent);
    }

    /** What was written in the section itself. */
    Map<String, Setting> own() {
        return own;
    }

    /** What holds in the section: its own settings above the defaults. */
    Map<String, Setting> settings() {
        Map<String, Setting> all = new LinkedHashMap<>(defaults);
        all.putAll(own);
        return all;
    }
}
