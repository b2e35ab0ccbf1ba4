package org.smbd.server.config;

import java.util.List;

/**
 * A configuration and what there is to say about it.
 *
 * @param warnings what the administrator should know
 * @param sections what holds in each section, with the defaults; [global] first
 */
public record LoadedConfig(ServerConfig config, List<ConfigWarning> warnings, List<EffectiveSection> sections) {
    public LoadedConfig {
        warnings = List.copyOf(warnings);
        sections = List.copyOf(sections);
    }

    /** What holds in one section. */
    public record EffectiveSection(String name, List<EffectiveParameter> parameters) {
        public EffectiveSection {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * What holds of one parameter.
     *
     * @param standard the default
     */
    public record EffectiveParameter(String name, String value, String standard) {
        public boolean isDefault() {
            return value.equals(standard);
        }
    }
}
