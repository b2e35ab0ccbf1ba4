package org.smbd.server.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.smbd.auth.account.BuiltinGroup;
import org.smbd.auth.account.FileMemberships;
import org.smbd.core.type.Privilege;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code group add-member|remove-member} and {@code user grant|revoke}: they count from the next log-in. */
final class GroupCommands {
    private GroupCommands() {}

    static CommandLine commandLine() {
        return new CommandLine(new Group())
                .addSubcommand("add-member", new Membership(true))
                .addSubcommand("remove-member", new Membership(false));
    }

    /** {@code user grant} or, if not {@code granted}, {@code user revoke}. */
    static SmbdCommandLine.Command privilege(boolean granted) {
        return new Grant(granted);
    }

    @Command(
            name = "group",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Manages the members of Administrators, Users and Guests.",
            subcommandsRepeatable = false)
    private static final class Group implements SmbdCommandLine.Command {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            throw new CommandLine.ParameterException(spec.commandLine(), "group: say add-member or remove-member");
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes an account into a group, or out of it.")
    private static final class Membership implements SmbdCommandLine.Command {
        private final boolean member;

        @Parameters(index = "0", paramLabel = "GROUP", description = "Administrators, Users or Guests")
        private String group;

        @Parameters(index = "1", paramLabel = "NAME", description = "the account")
        private String account;

        @Mixin
        private ConfigOption config;

        Membership(boolean member) {
            this.member = member;
        }

        @Override
        public Integer call() throws IOException {
            Optional<BuiltinGroup> found = BuiltinGroup.of(group);
            if (found.isEmpty()) {
                throw new IOException("there is no group " + group + ": say Administrators, Users or Guests");
            }
            UserCommands.requireAccount(config, account);
            memberships(config).setMember(found.get(), account, member);
            return ExitStatus.SUCCESS;
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Grants an account a privilege, or takes it back.")
    private static final class Grant implements SmbdCommandLine.Command {
        private final boolean granted;

        @Parameters(index = "0", paramLabel = "NAME", description = "the account")
        private String account;

        @Parameters(index = "1", paramLabel = "PRIVILEGE", description = "such as SeSecurityPrivilege")
        private String privilege;

        @Mixin
        private ConfigOption config;

        Grant(boolean granted) {
            this.granted = granted;
        }

        @Override
        public Integer call() throws IOException {
            Optional<Privilege> found = Privilege.of(privilege);
            if (found.isEmpty()) {
                throw new IOException(
                        "there is no privilege " + privilege + ": say one of " + Arrays.toString(Privilege.values()));
            }
            UserCommands.requireAccount(config, account);
            memberships(config).setPrivilege(found.get(), account, granted);
            return ExitStatus.SUCCESS;
        }
    }

    private static FileMemberships memberships(ConfigOption config) throws IOException {
        return FileMemberships.open(config.load().config().directories().privateDirectory());
    }
}
