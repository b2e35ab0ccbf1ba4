package org.smbd.server.cli;

import java.nio.file.Path;
import org.smbd.server.config.LoadedConfig;
import org.smbd.server.config.ServerConfig;
import picocli.CommandLine.Option;

/** {@code -c FILE}, the same for every command that needs a configuration. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "the configuration, in the form of smb.conf")
    private Path file;

    LoadedConfig load() {
        return ServerConfig.load(file);
    }

    Path file() {
        return file;
    }
}
