package org.smbd.server.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Takes a command line to its command, and what the command throws to one line and an exit status. */
public final class SmbdCommandLine {
    private final CommandIo io;
    private final CommandLine commands;

    public SmbdCommandLine(CommandIo io) {
        this.io = io;
        this.commands = new CommandLine(new ServeConfigurationCommand(io))
                .addSubcommand("serve", new ServeDirectoryCommand(io))
                .addSubcommand("check", new CheckCommand(io))
                .addSubcommand("user", UserCommands.commandLine(io))
                .addSubcommand("group", GroupCommands.commandLine())
                .addSubcommand("status", new StatusCommand(io));
        commands.setOut(writer(io.out()))
                .setErr(writer(io.err()))
                .setParameterExceptionHandler((problem, arguments) -> fail(
                        new CommandFailure(ExitStatus.USAGE, problem.getMessage() + " (smbd --help shows the usage)")))
                .setExecutionExceptionHandler((thrown, command, parsed) -> fail(CommandFailure.of(thrown)));
    }

    /** Runs a command; its exit status. */
    public int run(String... arguments) {
        return commands.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private int fail(CommandFailure failure) {
        io.err().println("smbd: " + failure.message().replaceAll("\\s*[\\r\\n]+\\s*", "; "));
        return failure.status();
    }

    /** A command's body: an exit status, or an exception. */
    interface Command extends Callable<Integer> {}
}
