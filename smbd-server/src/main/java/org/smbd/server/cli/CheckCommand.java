package org.smbd.server.cli;

import org.smbd.server.config.LoadedConfig;
import org.smbd.server.config.LoadedConfig.EffectiveParameter;
import org.smbd.server.config.LoadedConfig.EffectiveSection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check}: what holds, to standard output; what to know about it, to standard error. As testparm. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Checks a configuration and shows what holds.")
final class CheckCommand implements SmbdCommandLine.Command {
    private final CommandIo io;

    @Mixin
    private ConfigOption config;

    @Option(
            names = {"-v", "--verbose"},
            description = "show also what is not set")
    private boolean verbose;

    CheckCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        LoadedConfig loaded = config.load();
        loaded.warnings().forEach(warning -> io.err().println("warning: " + warning));
        loaded.config().refusedShares().forEach(share -> io.err().println("refused: " + share));
        for (EffectiveSection section : loaded.sections()) {
            io.out().println("[" + section.name() + "]");
            for (EffectiveParameter parameter : section.parameters()) {
                if (verbose || !parameter.isDefault()) {
                    io.out().println("\t" + parameter.name() + " = " + parameter.value());
                }
            }
            io.out().println();
        }
        return ExitStatus.SUCCESS;
    }
}
