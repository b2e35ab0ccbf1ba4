package org.smbd.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.smbd.server.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: what the running server is doing, as one JSON object. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Asks the running server what it is doing.")
final class StatusCommand implements SmbdCommandLine.Command {
    private final CommandIo io;

    @Mixin
    private ConfigOption config;

    @SuppressWarnings("UnusedVariable") // picocli insists on it; there is nothing to choose
    @Option(names = "--json", required = true, description = "as one JSON object, the only form there is")
    private boolean json;

    StatusCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        Path socket = config.load().config().directories().controlSocket();
        if (Files.notExists(socket)) {
            throw new IOException("no server is running with " + config.file() + ": there is no " + socket);
        }
        io.out().println(ControlClient.status(socket));
        return ExitStatus.SUCCESS;
    }
}
