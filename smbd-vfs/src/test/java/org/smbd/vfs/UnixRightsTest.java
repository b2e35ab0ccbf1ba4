package org.smbd.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smbd.core.file.AccessMask;
import org.smbd.core.file.CreateDisposition;
import org.smbd.core.file.CreateOptions;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.core.type.Ace;
import org.smbd.core.type.Acl;
import org.smbd.core.type.PosixIdentity;
import org.smbd.core.type.SecurityDescriptor;
import org.smbd.core.type.Sid;
import org.smbd.vfs.security.DescriptorUpdate;
import org.smbd.vfs.security.PosixAcl;
import org.smbd.vfs.store.Identities;
import org.smbd.vfs.store.StoreAccess;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.Volume;

/**
 * Unix accounts with different rights on one tree: what the kernel denies to an account on this host, the share denies
 * it, too, and what it allows is allowed. The kernel is asked by doing the same to a tree that looks the same.
 *
 * <p>Needs root: to anybody else all users are one.
 */
class UnixRightsTest extends LocalShareFixture {
    private static final int OWNER_UID = 61_001;
    private static final int OWNER_GID = 61_001;
    private static final int TEAM_GID = 61_100;
    private static final int OTHER_TEAM_GID = 61_101;
    private static final int STRANGER_UID = 61_009;
    private static final int NO_ID = -1;
    /** Each of so many rights of a file is tried with all of a directory, and the other way round. */
    private static final int COMBINED = 4;

    /** Who does it. */
    private enum Account {
        OWNER(OWNER_UID, OWNER_GID, OTHER_TEAM_GID),
        /** In the owning group by its primary group. */
        MEMBER(61_002, TEAM_GID),
        /** In the owning group by a supplementary one. */
        SUPPLEMENTARY_MEMBER(61_003, 61_003, TEAM_GID),
        /** Whom lists name, as a user or by a group. */
        NAMED(61_004, 61_004, OTHER_TEAM_GID),
        OTHER(61_005, 61_005);

        final PosixIdentity who;

        Account(int uid, int gid, int... groups) {
            this.who = new PosixIdentity(uid, gid, groups);
        }
    }

    /** Rights of a file or directory of the owner and its team. */
    private record Rights(int mode, Optional<PosixAcl> list) {
        static Rights of(int mode) {
            return new Rights(mode, Optional.empty());
        }

        /** The mode comes with the list. */
        static Rights of(int owner, int group, int mask, int other, PosixAcl.Entry... named) {
            List<PosixAcl.Entry> entries = new ArrayList<>();
            entries.add(new PosixAcl.Entry(PosixAcl.Tag.USER_OBJ, owner, NO_ID));
            Stream.of(named).filter(entry -> entry.tag() == PosixAcl.Tag.USER).forEach(entries::add);
            entries.add(new PosixAcl.Entry(PosixAcl.Tag.GROUP_OBJ, group, NO_ID));
            Stream.of(named).filter(entry -> entry.tag() == PosixAcl.Tag.GROUP).forEach(entries::add);
            entries.add(new PosixAcl.Entry(PosixAcl.Tag.MASK, mask, NO_ID));
            entries.add(new PosixAcl.Entry(PosixAcl.Tag.OTHER, other, NO_ID));
            return new Rights(owner << 6 | mask << 3 | other, Optional.of(new PosixAcl(entries)));
        }

        @Override
        public String toString() {
            return Integer.toOctalString(mode)
                    + list.map(acl -> acl.entries().toString()).orElse("");
        }
    }

    private static PosixAcl.Entry user(int permissions) {
        return new PosixAcl.Entry(PosixAcl.Tag.USER, permissions, Account.NAMED.who.uid());
    }

    private static PosixAcl.Entry group(int permissions) {
        return new PosixAcl.Entry(PosixAcl.Tag.GROUP, permissions, OTHER_TEAM_GID);
    }

    private static final List<Rights> FILES = List.of(
            Rights.of(0),
            Rights.of(0400),
            Rights.of(0600),
            Rights.of(0640),
            Rights.of(0660),
            Rights.of(0604),
            Rights.of(0606),
            Rights.of(0066),
            Rights.of(0706),
            Rights.of(0220),
            Rights.of(6, 0, 6, 0, user(6)),
            Rights.of(6, 4, 4, 0, user(6)),
            Rights.of(6, 6, 7, 6, user(0)),
            Rights.of(6, 0, 6, 0, group(4)),
            Rights.of(4, 0, 2, 0, user(4), group(6)),
            Rights.of(6, 0, 6, 4, group(0)));

    private static final List<Rights> DIRECTORIES = List.of(
            Rights.of(0700),
            Rights.of(0750),
            Rights.of(0770),
            Rights.of(0777),
            Rights.of(01777),
            Rights.of(0733),
            Rights.of(0744),
            Rights.of(0555),
            Rights.of(01770),
            Rights.of(0707),
            Rights.of(7, 0, 7, 0, user(7)),
            Rights.of(7, 5, 5, 0, user(7)),
            Rights.of(7, 7, 7, 7, user(5)),
            Rights.of(7, 0, 7, 0, group(7)),
            Rights.of(7, 0, 3, 0, group(7)),
            Rights.of(7, 0, 7, 5, group(0)));

    /** What is done to the file {@code d/f} of a tree, or in {@code d}. */
    private enum Operation {
        READ,
        WRITE,
        CREATE,
        CREATE_DIRECTORY,
        DELETE,
        RENAME,
        CHMOD,
        CHOWN,
        CHGRP,
        LIST
    }

    private Volume local;
    private int trees;

    @BeforeEach
    void openVolume() throws IOException {
        Assumptions.assumeTrue(owner().uid() == 0, "only the superuser can act as others");
        local = volume(root);
        Assumptions.assumeTrue(local.capabilities().identity(), "this process can act as others");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void closeVolume() {
        if (local != null) {
            local.close();
        }
    }

    private String tree(Rights directory, Rights file) throws IOException {
        Identities.restore();
        String name = "t" + trees++;
        Path d = Files.createDirectories(root.resolve(name).resolve("d"));
        Path f = Files.writeString(d.resolve("f"), "old");
        give(f, file);
        give(d, directory);
        return name;
    }

    private void give(Path path, Rights rights) throws IOException {
        Files.setAttribute(path, "unix:uid", OWNER_UID);
        Files.setAttribute(path, "unix:gid", TEAM_GID);
        Files.setAttribute(path, "unix:mode", rights.mode());
        if (rights.list().isPresent()) {
            String relative = root.relativize(path).toString();
            try (StoreFile file = local.open(owner(), relative, StoreAccess.METADATA)) {
                file.setAttribute(PosixAcl.ACCESS, rights.list().get().encode());
            } catch (SmbException refused) {
                Assumptions.assumeFalse(refused.status() == NtStatus.NOT_SUPPORTED, "the host keeps lists");
                throw refused;
            }
        }
    }

    private void actAs(PosixIdentity who) {
        local.stat(who, ""); // the thread keeps the identity
    }

    /** Whether the kernel lets {@code who} do it. */
    private boolean allowedHere(PosixIdentity who, Operation operation, String tree) throws IOException {
        Path d = root.resolve(tree).resolve("d");
        Path f = d.resolve("f");
        actAs(who);
        try {
            switch (operation) {
                case READ -> Files.readString(f);
                case WRITE -> Files.writeString(f, "new", StandardOpenOption.WRITE);
                case CREATE -> Files.createFile(d.resolve("g"));
                case CREATE_DIRECTORY -> Files.createDirectory(d.resolve("g"));
                case DELETE -> Files.delete(f);
                case RENAME -> Files.move(f, d.resolve("g"));
                case CHMOD -> Files.setAttribute(f, "unix:mode", 0444);
                case CHOWN -> Files.setAttribute(f, "unix:uid", STRANGER_UID);
                case CHGRP -> Files.setAttribute(f, "unix:gid", OTHER_TEAM_GID);
                case LIST -> {
                    try (Stream<Path> entries = Files.list(d)) {
                        assertEquals(1, entries.count());
                    }
                }
            }
            return true;
        } catch (AccessDeniedException denied) {
            return false;
        } catch (FileSystemException denied) {
            if ("Operation not permitted".equals(denied.getReason())) {
                return false;
            }
            throw denied;
        } finally {
            Identities.restore();
        }
    }

    /** Whether the share lets {@code who} do it: the answer, or what became of the files. */
    private boolean allowedByShare(PosixIdentity who, Operation operation, String tree) throws IOException {
        boolean answered = isAnswered(who, operation, tree);
        Identities.restore();
        boolean happened = hasHappened(operation, root.resolve(tree).resolve("d"));
        boolean visible = operation != Operation.READ && operation != Operation.LIST;
        if (visible && answered && operation != Operation.DELETE) { // a close does not tell that it deleted nothing
            assertTrue(happened, () -> who + " " + operation + ": success without an effect");
        }
        return visible ? happened : answered;
    }

    private boolean isAnswered(PosixIdentity who, Operation operation, String tree) {
        String d = tree + "\\d";
        Outcome<OpenResult> outcome = switch (operation) {
            case READ -> open(d + "\\f", READ).as(who).outcome();
            case WRITE -> open(d + "\\f", WRITE).as(who).outcome();
            case CREATE ->
                with(d + "\\g", WRITE, CreateDisposition.CREATE).as(who).outcome();
            case CREATE_DIRECTORY ->
                with(d + "\\g", READ, CreateDisposition.CREATE)
                        .as(who)
                        .options(CreateOptions.DIRECTORY_FILE)
                        .outcome();
            case DELETE, RENAME -> open(d + "\\f", DELETE).as(who).outcome();
            case CHMOD -> open(d + "\\f", AccessMask.WRITE_DAC).as(who).outcome();
            case CHOWN, CHGRP -> open(d + "\\f", AccessMask.WRITE_OWNER).as(who).outcome();
            case LIST -> open(d, READ).as(who).outcome();
        };
        if (!(outcome instanceof Outcome.Done<OpenResult> done)) {
            return false;
        }
        FileOpen open = done.value().open();
        try {
            switch (operation) {
                case READ -> assertEquals("old", read(open));
                case WRITE -> write(open, "new");
                case CREATE, CREATE_DIRECTORY -> {}
                case DELETE -> files.setDisposition(open, true);
                case RENAME -> files.rename(open, d + "\\g", false);
                case CHMOD -> files.setSecurity(open, everybodyReads());
                case CHOWN -> files.setSecurity(open, owner(Sid.unixUser(STRANGER_UID)));
                case CHGRP -> files.setSecurity(open, group(Sid.unixGroup(OTHER_TEAM_GID)));
                case LIST -> assertTrue(names(open, "*", RESTART).contains("f"));
            }
            return true;
        } catch (SmbException refused) {
            return false;
        } finally {
            files.close(open);
        }
    }

    private static boolean hasHappened(Operation operation, Path d) throws IOException {
        Path f = d.resolve("f");
        return switch (operation) {
            case READ, LIST -> false;
            case WRITE -> Files.readString(f).equals("new");
            case CREATE, CREATE_DIRECTORY, RENAME -> Files.exists(d.resolve("g"), LinkOption.NOFOLLOW_LINKS);
            case DELETE -> Files.notExists(f, LinkOption.NOFOLLOW_LINKS);
            case CHMOD -> ((Integer) Files.getAttribute(f, "unix:mode") & 0777) == 0444;
            case CHOWN -> (Integer) Files.getAttribute(f, "unix:uid") == STRANGER_UID;
            case CHGRP -> (Integer) Files.getAttribute(f, "unix:gid") == OTHER_TEAM_GID;
        };
    }

    private static DescriptorUpdate everybodyReads() {
        Acl list = Acl.of(Ace.allow(0, AccessMask.FILE_GENERIC_READ, Sid.EVERYONE));
        return new DescriptorUpdate(
                SecurityDescriptor.DACL_SECURITY_INFORMATION,
                new SecurityDescriptor(
                        SecurityDescriptor.SE_DACL_PRESENT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(list),
                        Optional.empty()));
    }

    private static DescriptorUpdate owner(Sid owner) {
        return new DescriptorUpdate(
                SecurityDescriptor.OWNER_SECURITY_INFORMATION,
                new SecurityDescriptor(0, Optional.of(owner), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static DescriptorUpdate group(Sid group) {
        return new DescriptorUpdate(
                SecurityDescriptor.GROUP_SECURITY_INFORMATION,
                new SecurityDescriptor(0, Optional.empty(), Optional.of(group), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void theShareAllowsWhatTheKernelAllows(Operation operation) throws IOException {
        Map<String, Boolean> here = new LinkedHashMap<>();
        Map<String, Boolean> byShare = new LinkedHashMap<>();
        for (int i = 0; i < DIRECTORIES.size(); i++) {
            for (int j = 0; j < FILES.size(); j++) {
                if (i % COMBINED != 0 && j % COMBINED != 0) {
                    continue;
                }
                for (Account account : Account.values()) {
                    Rights directory = DIRECTORIES.get(i);
                    Rights file = FILES.get(j);
                    String row = "directory " + directory + " file " + file + " " + account;
                    here.put(row, allowedHere(account.who, operation, tree(directory, file)));
                    byShare.put(row, allowedByShare(account.who, operation, tree(directory, file)));
                }
            }
        }
        assertEquals(rows(here), rows(byShare));
        assertTrue(here.containsValue(false));
        assertEquals(operation != Operation.CHOWN, here.containsValue(true), "only the superuser gives files away");
    }

    private static String rows(Map<String, Boolean> table) {
        StringBuilder rows = new StringBuilder();
        table.forEach((row, allowed) ->
                rows.append(row).append(allowed ? ": allowed" : ": denied").append('\n'));
        return rows.toString();
    }
}
