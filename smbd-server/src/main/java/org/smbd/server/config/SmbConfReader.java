package org.smbd.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads smb.conf as Samba does: repeated sections join, the later of two values holds, {@code copy} takes over what a
 * share above has, {@code include} reads another file in place, and [global] gives the defaults of the shares that come
 * after it. Input is bounded.
 */
final class SmbConfReader implements IniText.Listener {
    /** Largest file: a thousand times an honest one. */
    static final int FILE_BYTES_MAX = 4 << 20;

    /** All files of one configuration: an include that names itself stops here. */
    static final int INCLUDE_DEPTH_MAX = 16;

    static final int FILES_MAX = 1_000;
    static final int SECTIONS_MAX = 20_000;

    private final Section global = new Section("global", Origin.PROGRAM, Map.of());
    private final Map<String, Section> shares = new LinkedHashMap<>();
    private final List<ConfigWarning> warnings = new ArrayList<>();
    private final ServerVariables variables;
    private Section current = global;
    private Path directory = Path.of("");
    private int depth;
    private int files;

    SmbConfReader(ServerVariables variables) {
        this.variables = variables;
    }

    /**
     * Reads a file and what it includes.
     *
     * @throws ConfigException if it cannot be read or is not of the form of smb.conf
     */
    void readFile(Path file) {
        readText(file.toString(), file.toAbsolutePath().getParent(), content(file));
    }

    /** Reads a text as if it were a file in the directory. */
    void readText(String source, Path inDirectory, String content) {
        Path outer = directory;
        directory = inDirectory;
        depth++;
        try {
            IniText.parse(source, content, this);
        } finally {
            depth--;
            directory = outer;
        }
    }

    Section global() {
        return global;
    }

    List<Section> shares() {
        return List.copyOf(shares.values());
    }

    List<ConfigWarning> warnings() {
        return warnings;
    }

    @Override
    public void section(String name, Origin origin) {
        String key = ParameterTable.key(name);
        if (key.equals("global") || key.equals("globals")) {
            current = global;
            return;
        }
        current = shares.get(key);
        if (current == null) {
            if (shares.size() >= SECTIONS_MAX) {
                throw new ConfigException(origin, name, "more than " + SECTIONS_MAX + " shares");
            }
            current = new Section(name, origin, shareDefaults());
            shares.put(key, current);
        }
    }

    @Override
    public void parameter(String written, String value, Origin origin) {
        String key = ParameterTable.key(written);
        if (key.equals("include")) {
            include(written, value, origin);
        } else if (key.equals("copy")) {
            copy(written, value, origin);
        } else if (written.indexOf(':') >= 0) {
            current.set(new Setting(key, written, value, origin));
        } else {
            ParameterTable.INSTANCE
                    .find(written)
                    .ifPresentOrElse(
                            match -> set(match, written, value, origin),
                            () -> warnings.add(new ConfigWarning(origin, "unknown parameter \"" + written + "\"")));
        }
    }

    private void set(ParameterTable.Match match, String written, String value, Origin origin) {
        Parameter parameter = match.parameter();
        if (current != global && parameter.scope() == Parameter.Scope.GLOBAL) {
            warnings.add(new ConfigWarning(origin, "\"" + written + "\" belongs into [global] and is ignored here"));
            return;
        }
        Setting setting = new Setting(parameter.name(), written, value, origin);
        if (match.inverted()) {
            setting = new Setting(parameter.name(), written, Values.parseBoolean(setting) ? "no" : "yes", origin);
        }
        // ksmbd.conf: in [global] it bounds the server, where Samba would bound each share.
        if (current == global && parameter.name().equals("max connections")) {
            setting = new Setting("max smbd processes", written, value, origin);
        }
        current.set(setting);
    }

    private Map<String, Setting> shareDefaults() {
        Map<String, Setting> defaults = new LinkedHashMap<>();
        global.own().forEach((name, setting) -> {
            boolean parametric = name.indexOf(':') >= 0;
            boolean include = name.equals("include");
            if (parametric || (!include && ParameterTable.INSTANCE.named(name).scope() == Parameter.Scope.SHARE)) {
                defaults.put(name, setting);
            }
        });
        return defaults;
    }

    private void copy(String written, String value, Origin origin) {
        Section other = shares.get(ParameterTable.key(value));
        if (current == global) {
            warnings.add(new ConfigWarning(origin, "\"copy\" belongs into a share and is ignored here"));
        } else if (other == null || other == current) {
            throw new ConfigException(origin, written, "no share [" + value + "] above this line to copy");
        } else {
            current.copyFrom(other);
        }
    }

    private void include(String written, String value, Origin origin) {
        if (ServerVariables.dependsOnClient(value)) {
            // Who connects decides what such a file would forbid: known only when it is too late to ask.
            current.set(new Setting("include", written, value, origin));
            return;
        }
        if (depth >= INCLUDE_DEPTH_MAX || ++files > FILES_MAX) {
            throw new ConfigException(origin, written, "files include each other too deep or too often");
        }
        Path file = directory.resolve(variables.expand(value));
        if (Files.notExists(file)) {
            warnings.add(new ConfigWarning(origin, "the included file " + file + " does not exist"));
            return;
        }
        readFile(file);
    }

    private static String content(Path file) {
        Origin origin = new Origin(file.toString(), 0);
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(FILE_BYTES_MAX + 1);
        } catch (IOException | UnsupportedOperationException e) {
            throw new ConfigException(origin, "", "cannot be read: " + e);
        }
        if (bytes.length > FILE_BYTES_MAX) {
            throw new ConfigException(origin, "", "is longer than " + FILE_BYTES_MAX + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new ConfigException(origin, "", "holds a NUL character");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ConfigException(origin, "", "is not UTF-8");
        }
    }
}
