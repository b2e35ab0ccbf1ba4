package org.smbd.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.server.config.LoadedConfig;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.log.Logging;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code smbd -c FILE}: serves in the foreground until SIGTERM or SIGINT. */
@Command(
        name = "smbd",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Serves files over SMB2 and SMB3.")
final class ServeConfigurationCommand implements SmbdCommandLine.Command {
    private static final Logger LOG = LoggerFactory.getLogger(ServeConfigurationCommand.class);

    private final CommandIo io;

    // Not required: picocli would ask for it before each command's name.
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "serve with this configuration, in the form of smb.conf")
    private Path file;

    @Spec
    private CommandSpec spec;

    ServeConfigurationCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "say -c FILE, or serve, check, user or status");
        }
        LoadedConfig loaded = ServerConfig.load(file);
        ServerConfig server = loaded.config();
        Logging.configure(server.log());
        loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
        Daemon daemon = new Daemon(server, io.out());
        daemon.stopOnSignals();
        daemon.run(endpoints -> {});
        return ExitStatus.SUCCESS;
    }
}
