package org.smbd.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is logged, and where.
 *
 * @param file the log file; empty: standard error
 * @param level 0 says what goes wrong, 10 says all
 * @param classLevels the level of one of Samba's debug classes where it differs
 * @param sizeMaxKib a file longer than that is rolled, and one older kept; 0: never
 */
public record Log(Optional<Path> file, int level, Map<String, Integer> classLevels, int sizeMaxKib) {
    /** The level that says everything. */
    public static final int LEVEL_MAX = 10;

    public Log {
        classLevels = Map.copyOf(classLevels);
    }

    static Log from(Values values) {
        Optional<Path> file = values.setting("log file", "")
                .filter(setting -> !setting.value().isEmpty())
                .map(setting -> values.path("log file", Path.of("")));
        LogLevels levels = LogLevels.from(values);
        return new Log(
                file, levels.level(), levels.classes(), values.integer("max log size", 5_000, 0, Integer.MAX_VALUE));
    }
}
