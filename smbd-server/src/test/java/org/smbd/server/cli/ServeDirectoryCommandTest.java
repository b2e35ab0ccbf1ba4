package org.smbd.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeDirectoryCommandTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "/srv/data, data",
        "/srv/my files, my_files",
        "/srv/a%b$c, a_b_c",
        "/, share",
        "/srv/-x, share",
        "/srv/homes, share",
        "/srv/Global, share",
        "/srv/v1.2_x-y, v1.2_x-y",
        "/srv/bücher, b_cher"
    })
    void theShareIsCalledAsTheDirectoryWhereThatNeedsNoQuotes(String directory, String name) {
        assertEquals(name, ServeDirectoryCommand.shareName(Path.of(directory)));
    }

    @Test
    void oneLineCanBePastedForSmbclient() {
        assertEquals(List.of("smbclient //127.0.0.1/data -p 4450 -U smb%secret"), smbclientLines(announced("secret")));
        assertEquals(List.of("smbclient //127.0.0.1/data -p 4450 -N"), smbclientLines(announced("")));
    }

    @Test
    void everySystemIsTold() {
        String text = announced("secret");
        assertTrue(text.contains("net use Z: \\\\"), text);
        assertTrue(text.contains("mount_smbfs //smb:secret@"), text);
        assertTrue(text.contains("mount -t cifs //"), text);
        assertTrue(text.contains("port=4450,username=smb,password=secret"), text);
        assertFalse(announced("").contains("secret"));
    }

    private static List<String> smbclientLines(String text) {
        return text.lines()
                .filter(line -> line.startsWith("smbclient "))
                .filter(line -> line.contains("//"))
                .toList();
    }

    private static String announced(String password) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServeDirectoryCommand.announce(new PrintStream(out, true, StandardCharsets.UTF_8), "data", 4450, password);
        return out.toString(StandardCharsets.UTF_8);
    }
}
