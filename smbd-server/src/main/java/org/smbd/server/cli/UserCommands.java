package org.smbd.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Arrays;
import org.smbd.auth.account.Account;
import org.smbd.auth.account.FileAccountStore;
import org.smbd.server.config.Directories;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code user add|passwd|remove|disable|enable|grant|revoke|list}. The server sees a change at the next log-in. */
final class UserCommands {
    private UserCommands() {}

    static CommandLine commandLine(CommandIo io) {
        return new CommandLine(new Group())
                .addSubcommand("add", new Add(io))
                .addSubcommand("passwd", new Passwd(io))
                .addSubcommand("remove", new Remove())
                .addSubcommand("disable", new Disable())
                .addSubcommand("enable", new Enable())
                .addSubcommand("grant", GroupCommands.privilege(true))
                .addSubcommand("revoke", GroupCommands.privilege(false))
                .addSubcommand("list", new List(io));
    }

    @Command(
            name = "user",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Manages the accounts below private dir.",
            subcommandsRepeatable = false)
    private static final class Group implements SmbdCommandLine.Command {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "user: say add, passwd, remove, disable, enable, grant, revoke or list");
        }
    }

    /** What the commands about one account have in common: its name, and where it is kept. */
    private static final class Target {
        @Parameters(paramLabel = "NAME", description = "the account")
        private String name;

        @Mixin
        private ConfigOption config;

        FileAccountStore store() throws IOException {
            return UserCommands.store(config);
        }
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds an account; the password is asked for, or the first line of standard input.")
    private static final class Add implements SmbdCommandLine.Command {
        private final CommandIo io;

        @Mixin
        private Target target;

        Add(CommandIo io) {
            this.io = io;
        }

        @Override
        public Integer call() throws IOException {
            FileAccountStore store = target.store();
            if (store.find(target.name).isPresent()) {
                throw new IOException("the account " + target.name + " exists already");
            }
            Account added = store.add(target.name, password(io));
            return added.disabled() ? ExitStatus.FAILURE : ExitStatus.SUCCESS;
        }
    }

    @Command(
            name = "passwd",
            mixinStandardHelpOptions = true,
            description = "Sets a password: asked for, or the first line of standard input.")
    private static final class Passwd implements SmbdCommandLine.Command {
        private final CommandIo io;

        @Mixin
        private Target target;

        Passwd(CommandIo io) {
            this.io = io;
        }

        @Override
        public Integer call() throws IOException {
            FileAccountStore store = target.store();
            if (store.find(target.name).isEmpty()) {
                throw new IOException("there is no account " + target.name);
            }
            store.setPassword(target.name, password(io));
            return ExitStatus.SUCCESS;
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes an account away.")
    private static final class Remove implements SmbdCommandLine.Command {
        @Mixin
        private Target target;

        @Override
        public Integer call() throws IOException {
            target.store().remove(target.name);
            return ExitStatus.SUCCESS;
        }
    }

    @Command(name = "disable", mixinStandardHelpOptions = true, description = "Lets an account no longer log in.")
    private static final class Disable implements SmbdCommandLine.Command {
        @Mixin
        private Target target;

        @Override
        public Integer call() throws IOException {
            target.store().setDisabled(target.name, true);
            return ExitStatus.SUCCESS;
        }
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets an account log in again.")
    private static final class Enable implements SmbdCommandLine.Command {
        @Mixin
        private Target target;

        @Override
        public Integer call() throws IOException {
            target.store().setDisabled(target.name, false);
            return ExitStatus.SUCCESS;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the accounts.")
    private static final class List implements SmbdCommandLine.Command {
        private final CommandIo io;

        @Mixin
        private ConfigOption config;

        @Option(names = "--json", description = "as a JSON array of objects")
        private boolean json;

        List(CommandIo io) {
            this.io = io;
        }

        @Override
        public Integer call() throws IOException {
            java.util.List<Account> accounts = store(config).list();
            if (json) {
                io.out().println(toJson(accounts));
            } else {
                accounts.forEach(
                        account -> io.out().println(account.name() + (account.disabled() ? " (disabled)" : "")));
            }
            return ExitStatus.SUCCESS;
        }

        private static String toJson(java.util.List<Account> accounts) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
                generator.writeStartArray();
                for (Account account : accounts) {
                    generator.writeStartObject();
                    generator.writeStringField("name", account.name());
                    generator.writeNumberField("rid", account.rid());
                    generator.writeBooleanField("disabled", account.disabled());
                    generator.writeStringField(
                            "passwordLastSet", account.passwordLastSet().toString());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            }
            return text.toString();
        }
    }

    /** Refuses the name of nobody. */
    static void requireAccount(ConfigOption config, String name) throws IOException {
        if (store(config).find(name).isEmpty()) {
            throw new IOException("there is no account " + name);
        }
    }

    private static FileAccountStore store(ConfigOption config) throws IOException {
        Directories directories = config.load().config().directories();
        directories.createPrivate();
        return FileAccountStore.open(directories.privateDirectory(), Clock.systemUTC());
    }

    /** From a person twice, from a program once; never from the command line, where others can read it. */
    private static String password(CommandIo io) throws IOException {
        if (io.prompt().isEmpty()) {
            return io.readLine();
        }
        CommandIo.Prompt prompt = io.prompt().get();
        char[] first = prompt.ask("New password: ");
        char[] again = prompt.ask("Again: ");
        if (first == null || again == null) {
            throw new IOException("no password was typed");
        }
        try {
            if (!Arrays.equals(first, again)) {
                throw new IOException("the two passwords differ");
            }
            return new String(first);
        } finally {
            Arrays.fill(first, '\0');
            Arrays.fill(again, '\0');
        }
    }
}
