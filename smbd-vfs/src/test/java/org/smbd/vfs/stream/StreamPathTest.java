package org.smbd.vfs.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;
import org.smbd.vfs.stream.StreamPath.Type;

class StreamPathTest {
    private static void parses(String path, String file, String stream, Type type) {
        assertEquals(new Outcome.Done<>(new StreamPath(file, stream, type)), StreamPath.parse(path), path);
    }

    @Test
    void aPathIsTakenApartAtTheColonsOfItsLastName() {
        parses("d\\f", "d\\f", "", Type.NONE);
        parses("d\\f:s", "d\\f", "s", Type.DATA);
        parses("d\\f:s:$DaTa", "d\\f", "s", Type.DATA);
        parses("d\\f::$DATA", "d\\f", "", Type.DATA);
        parses(":s", "", "s", Type.DATA);
        parses("d::$INDEX_ALLOCATION", "d", "", Type.INDEX_ALLOCATION);
        parses("d:$i30:$index_allocation", "d", "", Type.INDEX_ALLOCATION);
        parses("d:x\\f", "d:x\\f", "", Type.NONE); // the resolver refuses that colon
        parses("f:\u0005a*?\"<>|\n", "f", "\u0005a*?\"<>|\n", Type.DATA);
        parses("f:" + "s".repeat(255), "f", "s".repeat(255), Type.DATA);
    }

    @Test
    void whatIsNoStreamIsAnInvalidName() {
        for (String path : List.of(
                "f:",
                "f::",
                "f:s:",
                "f:s:$FOO",
                "f:s:?D*a",
                "f::foooooooooooo",
                "f:s:t:$DATA",
                "f:s:$INDEX_ALLOCATION",
                "f:a/b",
                "f:a\0b",
                "f:\ud800",
                "f:" + "s".repeat(256))) {
            assertEquals(new Outcome.Fail<>(NtStatus.OBJECT_NAME_INVALID), StreamPath.parse(path), path);
        }
    }

    @Test
    void aNewNameIsCheckedAsTheAlgorithmSays() {
        assertEquals(new Outcome.Done<>("s"), StreamPath.parseNewName(":s"));
        assertEquals(new Outcome.Done<>("s"), StreamPath.parseNewName(":s:$data"));
        assertEquals(new Outcome.Done<>(""), StreamPath.parseNewName("::$DATA"));
        for (String name : List.of(":", "::", ":s:", ":s:t:$DATA", ":a/b", ":" + "s".repeat(256))) {
            assertEquals(new Outcome.Fail<>(NtStatus.INVALID_PARAMETER), StreamPath.parseNewName(name), name);
        }
        assertEquals(new Outcome.Fail<>(NtStatus.OBJECT_TYPE_MISMATCH), StreamPath.parseNewName(":s:$FOO"));
    }
}
