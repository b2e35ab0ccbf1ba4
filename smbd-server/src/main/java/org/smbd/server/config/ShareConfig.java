package org.smbd.server.config;

import java.util.List;
import java.util.Optional;
import org.smbd.vfs.DosOptions;
import org.smbd.vfs.name.NameOptions;

/**
 * One share. Texts may hold variables such as {@code %U}, which {@link Substitution} replaces when a client connects.
 *
 * @param name as the administrator wrote it; case does not matter to clients
 * @param path the directory, absolute, with variables
 * @param comment what lists of shares show beside the name
 * @param volume the label of the volume; empty: the share's name
 * @param fileSystem the name of the file system, as clients see it
 * @param available whether anyone is served
 * @param browseable whether lists of shares name it
 * @param accessBasedEnumeration whether lists of shares name it only to those who may connect
 * @param access who may connect and write
 * @param identity as whom files are touched
 * @param modes the permissions of new files
 * @param files how files and names are treated
 * @param encryption whether plain access is refused
 * @param modules Samba's VFS modules that the share names, and their options
 * @param names how names of files are treated
 * @param attributes what is kept in extended attributes of the host
 * @param locking what byte-range locks are good for
 * @param dos how what DOS knew of a file is treated
 * @param oplocks whether clients may cache
 * @param acls who may do what with its files
 */
public record ShareConfig(
        String name,
        String path,
        String comment,
        String volume,
        String fileSystem,
        boolean available,
        boolean browseable,
        boolean accessBasedEnumeration,
        Access access,
        Identity identity,
        Modes modes,
        Files files,
        EncryptionPolicy encryption,
        ShareModules modules,
        NameOptions names,
        ShareAttributes attributes,
        Locking locking,
        DosOptions dos,
        Oplocks oplocks,
        AclConfig acls) {
    /** The section that stands for the home directory of whoever connects. */
    public static final String HOMES = "homes";

    /** Whether opens can have POSIX semantics. */
    public boolean servesPosixExtensions() {
        return names.posixExtensions();
    }

    /**
     * Who may connect and write. The lists hold user names, groups ({@code @group}, {@code +group}), netgroups ({@code
     * &group}) and SIDs.
     *
     * @param readOnly whether nobody but {@code writeList} may write
     * @param guestOk whether a guest may connect
     * @param guestOnly whether everyone acts as the guest; without {@code guestOk} it says nothing
     * @param validUsers who may connect; empty: everyone
     * @param invalidUsers who may not, whatever else holds
     * @param readList who may not write
     * @param writeList who may write all the same
     * @param hosts from where
     */
    public record Access(
            boolean readOnly,
            boolean guestOk,
            boolean guestOnly,
            List<String> validUsers,
            List<String> invalidUsers,
            List<String> readList,
            List<String> writeList,
            HostAccess hosts) {
        public Access {
            validUsers = List.copyOf(validUsers);
            invalidUsers = List.copyOf(invalidUsers);
            readList = List.copyOf(readList);
            writeList = List.copyOf(writeList);
        }

        static Access from(Values values) {
            return new Access(
                    values.bool("read only", true),
                    values.bool("guest ok", false),
                    values.bool("guest only", false),
                    values.list("valid users", List.of()),
                    values.list("invalid users", List.of()),
                    values.list("read list", List.of()),
                    values.list("write list", List.of()),
                    HostAccess.from(values));
        }
    }

    /**
     * As whom files are touched.
     *
     * @param forceUser a Unix user, whoever connected
     * @param forceGroup a Unix group as the primary one; with {@code +}, only for its members
     */
    public record Identity(Optional<String> forceUser, Optional<String> forceGroup) {
        static Identity from(Values values) {
            return new Identity(
                    Optional.of(values.text("force user", "")).filter(name -> !name.isEmpty()),
                    Optional.of(values.text("force group", "")).filter(name -> !name.isEmpty()));
        }
    }

    /**
     * The Unix permissions of what clients make.
     *
     * @param createMask the bits that a new file may have
     * @param directoryMask the bits that a new directory may have
     * @param forceCreateMode the bits that a new file has in any case
     * @param forceDirectoryMode the bits that a new directory has in any case
     * @param inheritOwner whether a new file belongs to the owner of its directory
     */
    public record Modes(
            int createMask, int directoryMask, int forceCreateMode, int forceDirectoryMode, InheritOwner inheritOwner) {
        static Modes from(Values values) {
            return new Modes(
                    values.mode("create mask", 0744),
                    values.mode("directory mask", 0755),
                    values.mode("force create mode", 0),
                    values.mode("force directory mode", 0),
                    values.choice("inherit owner", InheritOwner.NO, InheritOwner.WORDS));
        }
    }

    /**
     * How files and names are treated.
     *
     * @param followSymlinks whether links that lead to a place inside the share are followed
     * @param storeDosAttributes whether DOS attributes and the creation time are kept in an extended attribute
     * @param hideDotFiles whether a name that begins with a dot gives its file the hidden attribute
     * @param strictSync whether a FLUSH waits until the data are on stable storage
     * @param syncAlways whether every WRITE does
     */
    public record Files(
            boolean followSymlinks,
            boolean storeDosAttributes,
            boolean hideDotFiles,
            boolean strictSync,
            boolean syncAlways) {
        static Files from(Values values) {
            return new Files(
                    values.bool("follow symlinks", true),
                    values.bool("store dos attributes", true),
                    values.bool("hide dot files", true),
                    values.bool("strict sync", true),
                    values.bool("sync always", false));
        }
    }

    /**
     * Whether clients may cache.
     *
     * @param granted whether oplocks and leases are granted at all
     * @param levelTwo whether level II is, on its own or in place of more
     * @param durable whether opens whose handles they cache outlive a connection
     * @param continuous Share.IsCA: whether opens outlive the server for those who ask for it
     */
    public record Oplocks(boolean granted, boolean levelTwo, boolean durable, boolean continuous) {
        /** Samba's defaults. */
        public static final Oplocks ALL = new Oplocks(true, true, true, false);

        static Oplocks from(Values values) {
            return new Oplocks(
                    values.bool("oplocks", true),
                    values.bool("level2 oplocks", true),
                    values.bool("durable handles", true),
                    values.bool("continuous availability", false));
        }
    }

    static ShareConfig from(String name, Values values) {
        return new ShareConfig(
                name,
                values.text("path", ""),
                values.expanded("comment", ""),
                values.text("volume", ""),
                values.text("fstype", "NTFS"),
                values.bool("available", true),
                values.bool("browseable", true),
                values.bool("access based share enum", false),
                Access.from(values),
                Identity.from(values),
                Modes.from(values),
                Files.from(values),
                values.choice("server smb encrypt", EncryptionPolicy.IF_REQUIRED, EncryptionPolicy.WORDS),
                ShareModules.from(values),
                FileNames.from(values),
                ShareAttributes.from(values),
                Locking.from(values),
                DosFiles.from(values),
                Oplocks.from(values),
                AclConfig.from(values));
    }

    /** Whether this is the section that stands for home directories. */
    public boolean isHomes() {
        return name.equalsIgnoreCase(HOMES);
    }

    /** This share under another name and at another path: how [homes] becomes the share of one user. */
    public ShareConfig withNameAndPath(String otherName, String otherPath) {
        return new ShareConfig(
                otherName,
                otherPath,
                comment,
                volume,
                fileSystem,
                available,
                browseable,
                accessBasedEnumeration,
                access,
                identity,
                modes,
                files,
                encryption,
                modules,
                names,
                attributes,
                locking,
                dos,
                oplocks,
                acls);
    }

    /** This share as one client finds it, with the variables in the options of its modules replaced. */
    public ShareConfig withModulesFor(Substitution substitution) {
        return new ShareConfig(
                name,
                path,
                comment,
                volume,
                fileSystem,
                available,
                browseable,
                accessBasedEnumeration,
                access,
                identity,
                modes,
                files,
                encryption,
                modules.expanded(substitution),
                names,
                attributes,
                locking,
                dos,
                oplocks,
                acls);
    }
}
