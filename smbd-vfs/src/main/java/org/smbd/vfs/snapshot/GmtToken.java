package org.smbd.vfs.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.smbd.core.type.FileTime;

/** The name of a previous version: MS-SMB2 1.1 Glossary, @GMT token: {@code @GMT-YYYY.MM.DD-HH.MM.SS}. */
public final class GmtToken {
    private static final String PREFIX = "@GMT-";
    /** All tokens are so long, in characters. */
    public static final int LENGTH = 24;

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu.MM.dd-HH.mm.ss", Locale.ROOT);

    private GmtToken() {}

    /**
     * A path without its token.
     *
     * @param time when the version was made, in FILETIME ticks; 0 if the path has no token
     * @param path what is left, relative to the share
     */
    public record Split(long time, String path) {}

    /** The token of a time in FILETIME ticks. */
    public static String of(long time) {
        return PREFIX + FORM.format(FileTime.toInstant(time).atOffset(ZoneOffset.UTC));
    }

    /** The time of a token in FILETIME ticks; empty for any other name. */
    public static Optional<Long> parse(String name) {
        if (name.length() != LENGTH || !name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            Instant instant =
                    LocalDateTime.parse(name.substring(PREFIX.length()), FORM).toInstant(ZoneOffset.UTC);
            return Optional.of(FileTime.of(instant));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Takes the first token out of a path whose names are parted by backslashes; it may stand anywhere. */
    public static Split split(String path) {
        if (!path.contains(PREFIX)) {
            return new Split(0, path);
        }
        int start = 0;
        while (start <= path.length()) {
            int end = path.indexOf('\\', start);
            end = end < 0 ? path.length() : end;
            Optional<Long> time = parse(path.substring(start, end));
            if (time.isPresent()) {
                String before = path.substring(0, Math.max(0, start - 1));
                String after = path.substring(Math.min(path.length(), end + 1));
                String joined = before.isEmpty() || after.isEmpty() ? before + after : before + "\\" + after;
                return new Split(time.get(), joined);
            }
            start = end + 1;
        }
        return new Split(0, path);
    }
}
