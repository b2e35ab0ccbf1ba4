package org.smbd.server.config;

import java.util.List;

/** A configuration and what there is to say about it. */
public record LoadedConfig(ServerConfig config, List<ConfigWarning> warnings) {
    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }
}
