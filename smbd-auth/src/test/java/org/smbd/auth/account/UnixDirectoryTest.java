package org.smbd.auth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smbd.core.type.PosixIdentity;

class UnixDirectoryTest {
    private final List<String> asked = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final UnixDirectory directory = new UnixDirectory(clock, this::run);

    private List<String> run(String... words) {
        String command = String.join(" ", words);
        asked.add(command);
        return switch (command) {
            case "getent passwd alice", "getent passwd Alice" -> List.of("alice:x:1001:1002::/home/alice:/bin/sh");
            case "id -G -- alice" -> List.of("1002 27 4294967294");
            case "getent group 4294967294 27 1002" -> List.of("big:x:4294967294:", "sudo:x:27:alice", "al:x:1002:");
            case "getent passwd 1001" -> List.of("alice:x:1001:1002::/home/alice:/bin/sh");
            case "getent group 27", "getent group sudo" -> List.of("sudo:x:27:alice");
            case "getent passwd broken" -> List.of("broken:x:many:1::/:/bin/sh");
            case "getent passwd short" -> List.of("short:x");
            case "getent passwd other" -> List.of("somebody:x:5:5::/:/bin/sh");
            default -> List.of();
        };
    }

    @Test
    void aUserComesWithAllGroups() {
        UnixUser user = directory.user("Alice").orElseThrow();
        assertEquals("alice", user.name());
        assertEquals(new PosixIdentity(1001, 1002, new int[] {-2, 27, 1002}), user.identity());
        assertEquals(Set.of("big", "sudo", "al"), user.groupNames());
        assertEquals("/home/alice", user.home());
    }

    @Test
    void idsAndGroupsAreLookedUpBothWays() {
        assertEquals(Optional.of("alice"), directory.userName(1001));
        assertEquals(Optional.of("sudo"), directory.groupName(27));
        assertEquals(OptionalInt.of(27), directory.groupId("sudo"));
        assertEquals(Optional.empty(), directory.userName(7));
        assertEquals(OptionalInt.empty(), directory.groupId("nothing"));
    }

    /** getent would take digits for a uid: somebody called 0 would be root. */
    @Test
    void namesThatMeanSomethingElseToTheProgramsAreNotAsked() {
        for (String name : new String[] {"", "0", "1001", "-s", "+0", "a:b", "a\nb"}) {
            assertTrue(directory.user(name).isEmpty());
            assertTrue(directory.groupId(name).isEmpty());
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void nonsenseIsNobody() {
        assertTrue(directory.user("broken").isEmpty());
        assertTrue(directory.user("short").isEmpty());
        assertTrue(directory.user("other").isEmpty());
    }

    @Test
    void answersAreKeptForAMinuteNegativeOnesToo() {
        directory.user("alice");
        directory.user("nobody-here");
        int questions = asked.size();
        now = now.plus(Duration.ofSeconds(59));
        directory.user("alice");
        directory.user("nobody-here");
        assertEquals(questions, asked.size());
        now = now.plus(Duration.ofSeconds(2));
        directory.user("alice");
        directory.user("nobody-here");
        assertEquals(2 * questions, asked.size());
    }

    @Test
    void theHostKnowsRoot() {
        UnixDirectory host = UnixDirectory.ofHost();
        UnixUser root = host.user("root").orElseThrow();
        assertEquals(0, root.identity().uid());
        assertTrue(root.groupNames().contains("root"));
        assertEquals(Optional.of("root"), host.userName(0));
        assertTrue(host.user("no-such-user-here").isEmpty());
        assertEquals(List.of(), new ProcessRunner().run("/no/such/program"));
    }
}
