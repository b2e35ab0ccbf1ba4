package org.smbd.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "plain, plain",
        "%U, alice",
        "%u, alice",
        "/home/%U/x, /home/alice/x",
        "%S, data",
        "%m, client1",
        "%I, 10.0.0.1",
        "%i, 10.0.0.9",
        "%M, 10.0.0.1",
        "%J, 10_0_0_1",
        "%j, 10_0_0_9",
        "%L, FILES",
        "%N, HOST",
        "%D, GROUP",
        "%g, staff",
        "%G, staff",
        "%H, /home/alice",
        "%R, SMB3_11",
        "%T, 2026/01/02 03:04:05",
        "%t, 20260102_030405",
        "%%, %",
        "%, %",
        "%x, %x",
        "100%, 100%",
        "%U%S, alicedata"
    })
    void variablesHaveTheirValues(String value, String expanded) {
        assertEquals(expanded, substitution("alice", "Client1").expand(value));
    }

    @Test
    void listsAreExpandedMemberByMember() {
        assertEquals(List.of("alice", "@staff"), substitution("alice", "c").expand(List.of("%U", "@%G")));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"../../etc, .._.._etc", ".., __", "., _", "a/b, a_b", "a\\b, a_b", "%S, _S", "a.b, a.b", "..., ___"})
    void whatAClientChoosesLeadsNowhereElse(String user, String expanded) {
        assertEquals("/home/" + expanded, substitution(user, "c").expand("/home/%U"));
        assertEquals(
                "/home/" + expanded.toLowerCase(java.util.Locale.ROOT),
                substitution("u", user).expand("/home/%m"));
    }

    @Test
    void aValueThatNeedsAHomeIsUnresolvedWithoutOne() {
        Substitution homeless = new Substitution(context("alice", "c", Optional.empty(), Optional.empty()));
        assertFalse(homeless.isResolved("%H/x"));
        assertFalse(homeless.isResolved("/g/%G"));
        assertTrue(homeless.isResolved("/srv/%U"));
        assertTrue(substitution("alice", "c").isResolved("%H/%g"));
    }

    private static Substitution substitution(String user, String machine) {
        return new Substitution(context(user, machine, Optional.of("staff"), Optional.of(Path.of("/home/alice"))));
    }

    private static Substitution.Context context(
            String user, String machine, Optional<String> group, Optional<Path> home) {
        return new Substitution.Context(
                "data",
                user,
                group,
                home,
                machine,
                address("10.0.0.1"),
                address("10.0.0.9"),
                "FILES",
                new Names("HOST", "GROUP", "server"),
                "SMB3_11",
                LocalDateTime.of(2026, 1, 2, 3, 4, 5));
    }

    private static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
