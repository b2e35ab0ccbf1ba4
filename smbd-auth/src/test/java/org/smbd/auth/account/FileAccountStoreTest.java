package org.smbd.auth.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.smbd.core.type.Sid;

class FileAccountStoreTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private FileAccountStore open() throws Exception {
        return FileAccountStore.open(directory.resolve("private"), CLOCK);
    }

    private Path file() {
        return directory.resolve("private").resolve(FileAccountStore.FILE_NAME);
    }

    @Test
    void directoryAndFileAreMadeForTheOwnerOnly() throws Exception {
        FileAccountStore store = open();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
        store.add("alice", "Secret");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void accountsAndTheMachineSidSurvive() throws Exception {
        FileAccountStore store = open();
        Account alice = store.add("Alice", "Secret");
        store.add("bob", "other");
        store.setDisabled("BOB", true);
        store.setPassword("alice", "Better");
        assertEquals(1000, alice.rid());
        FileAccountStore again = open();
        assertEquals(store.machineSid(), again.machineSid());
        Sid sid = again.machineSid();
        assertEquals(List.of(21), sid.subAuthorities().subList(0, 1));
        assertEquals(4, sid.subAuthorities().size());
        Account found = again.find("ALICE").orElseThrow();
        assertEquals("Alice", found.name());
        assertArrayEquals(NtHash.ofPassword("Better"), found.ntHash());
        assertEquals(CLOCK.instant(), found.passwordLastSet());
        assertTrue(again.find("bob").orElseThrow().disabled());
        assertEquals("bob", again.byRid(1001).orElseThrow().name());
        assertEquals(
                List.of("Alice", "bob"),
                again.list().stream().map(Account::name).toList());
    }

    @Test
    void aChangeByAnotherProcessIsSeenAtOnce() throws Exception {
        FileAccountStore server = open();
        FileAccountStore commandLine = open();
        commandLine.add("alice", "Secret");
        assertTrue(server.find("alice").isPresent());
        commandLine.remove("alice");
        assertTrue(server.find("alice").isEmpty());
    }

    @Test
    void aRidIsNeverGivenTwice() throws Exception {
        FileAccountStore store = open();
        store.add("alice", "x");
        store.remove("alice");
        assertEquals(1001, store.add("alice", "x").rid());
        assertEquals(1002, open().add("bob", "x").rid());
    }

    @Test
    void writersInParallelLoseNothing() throws Exception {
        open();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Callable<Account>> tasks = IntStream.range(0, 20)
                .<Callable<Account>>mapToObj(i -> () -> addWaiting("user" + i))
                .toList();
        for (Future<Account> account : pool.invokeAll(tasks)) {
            account.get();
        }
        pool.shutdown();
        assertEquals(20, open().list().size());
        assertEquals(20, open().list().stream().map(Account::rid).distinct().count());
    }

    private Account addWaiting(String name) throws Exception {
        return open().add(name, "x");
    }

    @Test
    void wrongOperationsSayWhatIsWrong() throws Exception {
        FileAccountStore store = open();
        store.add("alice", "x");
        assertMessage("the account ALICE exists already", () -> store.add("ALICE", "x"));
        assertMessage("there is no account bob", () -> store.remove("bob"));
        assertMessage("there is no account bob", () -> store.setPassword("bob", "x"));
        for (String name : new String[] {"", "a:b", "a/b", "a\nb", " a", "a.", "-a", "x".repeat(65), "a@b"}) {
            assertThrows(IllegalArgumentException.class, () -> store.add(name, "x"), name);
        }
        assertEquals("jörg müller", store.add("jörg müller", "x").name());
    }

    @Test
    void aNewerVersionIsRefusedClearly() throws Exception {
        open();
        Files.writeString(file(), "smbd-accounts 2 S-1-5-21-1-2-3 1000 extra\n");
        assertMessage(file() + ":1: format version 2 is not known to this version of smbd, which reads 1", this::open);
    }

    @Test
    void aBadLineIsNamedWithoutItsSecret() throws Exception {
        open();
        String head = "smbd-accounts 1 S-1-5-21-1-2-3 1000\n";
        String hash = "a4f49c406510bdcab6824ee7c30fd852";
        String good = "alice:1000:" + hash + ":N:0\n";
        for (String bad : List.of(
                "bob:1001:" + hash + ":N\n",
                "bob:x:" + hash + ":N:0\n",
                "bob:-1:" + hash + ":N:0\n",
                "bob:1001:" + hash + "00:N:0\n",
                "bob:1001:" + hash.substring(1) + "z:N:0\n",
                "bob:1001:" + hash + ":Q:0\n",
                "bob:1001:" + hash + ":N:99999999999999999999\n",
                "b/b:1001:" + hash + ":N:0\n",
                "ALICE:1001:" + hash + ":N:0\n")) {
            Files.writeString(file(), head + good + bad);
            AccountFileException e = assertThrows(AccountFileException.class, this::open, bad);
            assertTrue(e.getMessage().startsWith(file() + ":3: "), e.getMessage());
            assertFalse(e.getMessage().contains(hash.substring(1, 20)), e.getMessage());
        }
        for (String head2 : List.of("", "something else\n", "smbd-accounts 1 S-1-5 x\n", "smbd-accounts 1\n")) {
            Files.writeString(file(), head2);
            assertThrows(AccountFileException.class, this::open, head2);
        }
        Files.writeString(file(), head + "# a comment\n\n" + good);
        assertEquals(1, open().list().size());
    }

    @Test
    void aFileDamagedMeanwhileLeavesTheLastGoodOneInForce() throws Exception {
        FileAccountStore store = open();
        store.add("alice", "x");
        Files.writeString(file(), "nonsense\n");
        assertTrue(store.find("alice").isPresent());
    }

    @Test
    void noSecretIsPrinted() throws Exception {
        Account account = open().add("alice", "x");
        assertEquals("Account[alice, 1000]", account.toString());
    }

    private static void assertMessage(String message, Executable executable) {
        assertEquals(
                message, assertThrows(AccountFileException.class, executable).getMessage());
    }
}
