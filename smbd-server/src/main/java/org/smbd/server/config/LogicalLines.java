package org.smbd.server.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one file, joined where a backslash ends them.
 *
 * <p>A backslash continues a line also with blanks after it; blanks around the joint become one. A comment is not
 * continued, and a comment sign after a joint is text. (Seen of testparm 4.17.)
 */
final class LogicalLines {
    /** Longest line after joining, in characters: no honest value comes near it. */
    static final int LINE_CHARACTERS_MAX = 65_536;

    /**
     * A line that is neither blank nor comment.
     *
     * @param number the physical line it begins at, from 1
     */
    record Line(int number, String text) {}

    private LogicalLines() {}

    static List<Line> of(String source, String content) {
        List<Line> lines = new ArrayList<>();
        String[] physical = content.split("\r?\n", -1);
        for (int i = 0; i < physical.length; i++) {
            int number = i + 1;
            String text = Blanks.trim(physical[i]);
            if (text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == ';') {
                continue;
            }
            StringBuilder joined = new StringBuilder();
            String rest = text;
            for (int end = continued(rest); end >= 0 && joined.length() <= LINE_CHARACTERS_MAX; end = continued(rest)) {
                append(joined, rest.substring(0, end));
                i++;
                rest = i < physical.length ? physical[i] : "";
            }
            append(joined, rest);
            if (joined.length() > LINE_CHARACTERS_MAX) {
                throw new ConfigException(
                        new Origin(source, number), "", "the line is longer than " + LINE_CHARACTERS_MAX);
            }
            String line = Blanks.trim(joined.toString());
            if (!line.isEmpty()) {
                lines.add(new Line(number, line));
            }
        }
        return lines;
    }

    /** Where the text of a continued line ends, at the backslash; -1 if the line is not continued. */
    private static int continued(String line) {
        int last = line.length() - 1;
        while (last >= 0 && Blanks.isBlank(line.charAt(last))) {
            last--;
        }
        return last >= 0 && line.charAt(last) == '\\' ? last : -1;
    }

    private static void append(StringBuilder joined, String piece) {
        if (joined.length() == 0) {
            joined.append(piece);
            return;
        }
        boolean blankBefore = Blanks.isBlank(joined.charAt(joined.length() - 1));
        boolean blankAfter = !piece.isEmpty() && Blanks.isBlank(piece.charAt(0));
        if (blankBefore || blankAfter) {
            String before = joined.toString().stripTrailing();
            joined.setLength(0);
            joined.append(before).append(' ').append(piece.stripLeading());
        } else {
            joined.append(piece);
        }
    }
}
