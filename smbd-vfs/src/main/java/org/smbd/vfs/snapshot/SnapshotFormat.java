package org.smbd.vfs.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the time in the name of a snapshot, by a format of strftime(3) or a number of seconds. */
final class SnapshotFormat {
    private static final int CENTURY = 2000;

    private final Pattern pattern;
    private final List<Character> fields;
    private final ZoneId zone;

    private SnapshotFormat(Pattern pattern, List<Character> fields, ZoneId zone) {
        this.pattern = pattern;
        this.fields = fields;
        this.zone = zone;
    }

    /**
     * Compiles a format.
     *
     * @throws IllegalArgumentException with a reason, if it has a field that names no time, or is no expression
     */
    static SnapshotFormat of(SnapshotOptions options) {
        StringBuilder expression = new StringBuilder();
        options.prefix()
                .ifPresent(prefix -> expression
                        .append("(?:")
                        .append(prefix)
                        .append(")")
                        .append(options.format().startsWith(options.delimiter()) ? "" : ".*?"));
        List<Character> fields = new ArrayList<>();
        String format = options.format();
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%') {
                expression.append(Pattern.quote(format.substring(i, i + 1)));
            } else if (options.unixSeconds()) {
                i = endOfNumber(format, i);
                fields.add('s');
                expression.append("(\\d{1,12})");
            } else {
                i++;
                append(format, i, expression, fields);
            }
        }
        ZoneId zone = options.localTime() ? ZoneId.systemDefault() : ZoneOffset.UTC;
        return new SnapshotFormat(Pattern.compile(expression.toString()), fields, zone);
    }

    /** Where a scanf number such as {@code %lu} ends. */
    private static int endOfNumber(String format, int start) {
        for (int i = start + 1; i < format.length(); i++) {
            if ("dui".indexOf(format.charAt(i)) >= 0) {
                return i;
            }
            if ("l0123456789".indexOf(format.charAt(i)) < 0) {
                break;
            }
        }
        throw new IllegalArgumentException("\"" + format + "\" holds no number such as %lu");
    }

    private static void append(String format, int at, StringBuilder expression, List<Character> fields) {
        char field = at < format.length() ? format.charAt(at) : 0;
        switch (field) {
            case '%' -> expression.append('%');
            case 'Y' -> expression.append("(\\d{4})");
            case 'j' -> expression.append("(\\d{3})");
            case 's' -> expression.append("(\\d{1,12})");
            case 'y', 'm', 'd', 'H', 'M', 'S' -> expression.append("(\\d{2})");
            case 'e' -> expression.append("([ \\d]\\d)");
            case 'F' -> {
                append("Y", 0, expression, fields);
                expression.append('-');
                append("m", 0, expression, fields);
                expression.append('-');
                append("d", 0, expression, fields);
                return;
            }
            case 'T' -> {
                append("H", 0, expression, fields);
                expression.append(':');
                append("M", 0, expression, fields);
                expression.append(':');
                append("S", 0, expression, fields);
                return;
            }
            default -> throw new IllegalArgumentException("\"%" + field + "\" in \"" + format + "\" is not known");
        }
        if (field != '%') {
            fields.add(field);
        }
    }

    /** When the snapshot of this name was made; empty if it is none. */
    Optional<Instant> parse(String name) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int year = 1970;
        int month = 1;
        int day = 1;
        int dayOfYear = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        for (int i = 0; i < fields.size(); i++) {
            long value = Long.parseLong(matcher.group(i + 1).trim());
            switch (fields.get(i)) {
                case 's' -> {
                    return Optional.of(Instant.ofEpochSecond(value));
                }
                case 'Y' -> year = (int) value;
                case 'y' -> year = CENTURY + (int) value;
                case 'm' -> month = (int) value;
                case 'd', 'e' -> day = (int) value;
                case 'j' -> dayOfYear = (int) value;
                case 'H' -> hour = (int) value;
                case 'M' -> minute = (int) value;
                default -> second = (int) value;
            }
        }
        try {
            LocalDate date = dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
            return Optional.of(LocalDateTime.of(date, LocalTime.of(hour, minute, second))
                    .atZone(zone)
                    .toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
