package org.smbd.server.config;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.Map;

/**
 * Builds a {@link ServerConfig} from parameters by the names that smb.conf gives them, with the same checks; not for
 * use by several threads.
 *
 * <pre>{@code
 * ServerConfig config = ServerConfig.builder()
 *         .set("smb ports", "0")
 *         .set("private dir", "/srv/private")
 *         .share("data", Map.of("path", "/srv/data", "read only", "no"))
 *         .build();
 * }</pre>
 */
public final class ServerConfigBuilder {
    private final SmbConfReader reader = new SmbConfReader(ServerVariables.ofHost());

    ServerConfigBuilder() {}

    /** Sets a parameter of [global]. */
    @CanIgnoreReturnValue
    public ServerConfigBuilder set(String parameter, String value) {
        reader.section("global", Origin.PROGRAM);
        reader.parameter(parameter, value, Origin.PROGRAM);
        return this;
    }

    /** Adds a share; the shares' defaults set so far hold for it. */
    @CanIgnoreReturnValue
    public ServerConfigBuilder share(String name, Map<String, String> parameters) {
        reader.section(name, Origin.PROGRAM);
        parameters.forEach((parameter, value) -> reader.parameter(parameter, value, Origin.PROGRAM));
        return this;
    }

    /** Takes over a text of the form of smb.conf. */
    @CanIgnoreReturnValue
    public ServerConfigBuilder text(String smbConf) {
        reader.readText("(text)", Path.of(""), smbConf);
        return this;
    }

    /**
     * The configuration.
     *
     * @throws ConfigException if a value is wrong, or a parameter is unknown: a program has no use for a warning
     */
    public ServerConfig build() {
        LoadedConfig loaded = ConfigLoader.load(reader);
        for (ConfigWarning warning : reader.warnings()) {
            throw new ConfigException(warning.origin(), "", warning.message());
        }
        return loaded.config();
    }
}
