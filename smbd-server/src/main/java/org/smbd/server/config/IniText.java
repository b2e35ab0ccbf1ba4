package org.smbd.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.ini4j.Config;
import org.ini4j.spi.IniHandler;
import org.ini4j.spi.IniParser;

/**
 * Feeds one file to ini4j so that it reads what Samba reads.
 *
 * <p>ini4j takes {@code :} for an operator, knows escapes and comments inside lines, and tells no line numbers. So each
 * logical line is written anew before it is parsed: every character that ini4j could take for its own becomes
 * {@code %XXXX}, and the line's number stands before the name.
 */
final class IniText {
    private static final char ESCAPE = '%';

    /** What a file says, in its order. */
    interface Listener {
        void section(String name, Origin origin);

        void parameter(String name, String value, Origin origin);
    }

    private IniText() {}

    static void parse(String source, String content, Listener listener) {
        StringBuilder safe = new StringBuilder("[global]\n");
        List<LogicalLines.Line> lines = LogicalLines.of(source, content);
        for (LogicalLines.Line line : lines) {
            if (line.text().charAt(0) == '[') {
                writeSection(safe, source, line);
            } else {
                writeParameter(safe, source, line);
            }
        }
        Config config = new Config();
        config.setEscape(false);
        config.setEscapeNewline(false);
        config.setInclude(false);
        IniParser parser = IniParser.newInstance(config);
        try {
            parser.parse(new StringReader(safe.toString()), new Decoder(source, listener));
        } catch (IOException e) {
            throw new ConfigException(new Origin(source, 0), "", String.valueOf(e.getMessage()));
        }
    }

    private static void writeSection(StringBuilder safe, String source, LogicalLines.Line line) {
        int end = line.text().indexOf(']');
        Origin origin = new Origin(source, line.number());
        if (end < 0) {
            throw new ConfigException(origin, line.text(), "the section's name has no closing ]");
        }
        String name = Blanks.trim(line.text().substring(1, end));
        if (name.isEmpty()) {
            throw new ConfigException(origin, line.text(), "the section has no name");
        }
        safe.append('[').append(line.number()).append('/');
        escape(safe, name);
        safe.append("]\n");
    }

    private static void writeParameter(StringBuilder safe, String source, LogicalLines.Line line) {
        int equals = line.text().indexOf('=');
        Origin origin = new Origin(source, line.number());
        if (equals < 0) {
            throw new ConfigException(origin, line.text(), "neither a section nor a parameter = value");
        }
        String name = Blanks.trim(line.text().substring(0, equals));
        if (name.isEmpty()) {
            throw new ConfigException(origin, line.text(), "a value without a parameter");
        }
        safe.append(line.number()).append('/');
        escape(safe, name);
        safe.append('=');
        escape(safe, Blanks.trim(line.text().substring(equals + 1)));
        safe.append('\n');
    }

    private static void escape(StringBuilder safe, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                safe.append(c);
            } else {
                safe.append(ESCAPE).append(String.format("%04x", (int) c));
            }
        }
    }

    private static String unescape(String safe) {
        StringBuilder text = new StringBuilder(safe.length());
        int from = 0;
        for (int at = safe.indexOf(ESCAPE); at >= 0; at = safe.indexOf(ESCAPE, from)) {
            text.append(safe, from, at).append((char) Integer.parseInt(safe.substring(at + 1, at + 5), 16));
            from = at + 5;
        }
        text.append(safe, from, safe.length());
        return text.toString();
    }

    /** Takes what ini4j has parsed back to what was written. */
    private record Decoder(String source, Listener listener) implements IniHandler {
        @Override
        public void startSection(String name) {
            int slash = name.indexOf('/');
            if (slash >= 0) {
                listener.section(unescape(name.substring(slash + 1)), origin(name, slash));
            }
        }

        @Override
        public void handleOption(String name, String value) {
            int slash = name.indexOf('/');
            listener.parameter(
                    unescape(name.substring(slash + 1)), value == null ? "" : unescape(value), origin(name, slash));
        }

        private Origin origin(String name, int slash) {
            return new Origin(source, Integer.parseInt(name.substring(0, slash)));
        }

        @Override
        public void startIni() {}

        @Override
        public void endIni() {}

        @Override
        public void endSection() {}

        @Override
        public void handleComment(String comment) {}
    }
}
