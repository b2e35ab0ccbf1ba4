package org.smbd.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lints what compilers and formatters do not see. */
final class TidyTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** Tables of tests, in text blocks, may be wider: their rows have columns. */
    private static final String TABLE_ROW_MARK = " | ";

    private static final int LINE_LENGTH_MAX = 120;
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    /** Cited documents, as docs/specs.md pins them. */
    private static final Pattern CITED = Pattern.compile("\\bMS-[A-Z0-9]+\\b");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void noJavaLineIsTooLongOrHasTabs() throws IOException {
        assertEquals(List.of(), badLines(sources(), line -> isTooLong(line) || line.indexOf('\t') >= 0));
    }

    @Test
    void nothingIsMarkedAsUnfinished() throws IOException {
        assertEquals(
                List.of(), badLines(sources(), line -> UNFINISHED.matcher(line).find()));
    }

    @Test
    void everyPackageSaysWhatLivesInIt() throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path source : sources()) {
            if (source.toString().contains("/src/main/") && !Files.exists(source.resolveSibling("package-info.java"))) {
                missing.add(source.getParent());
            }
        }
        assertEquals(List.of(), missing.stream().distinct().toList());
    }

    @Test
    void everyCitedSpecificationIsPinned() throws IOException {
        String pinned = Files.readString(ROOT.resolve("docs/specs.md"));
        assertEquals(
                List.of(),
                badLines(
                        sources(),
                        line -> CITED.matcher(line).results().anyMatch(cite -> !pinned.contains(cite.group()))));
    }

    @Test
    void everyLinkInTheDocumentationLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : files(path -> path.toString().endsWith(".md"))) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                links++;
                if (!Files.exists(page.resolveSibling(link.group(1)).normalize())) {
                    broken.add(ROOT.relativize(page) + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
        assertFalse(links == 0, "no link was found at all");
    }

    private static boolean isTooLong(String line) {
        return line.length() > LINE_LENGTH_MAX && !line.contains(TABLE_ROW_MARK);
    }

    private static List<String> badLines(List<Path> files, Predicate<String> bad) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (bad.test(lines.get(i))) {
                    found.add(ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = files(path -> path.toString().endsWith(".java"));
        assertFalse(sources.isEmpty(), "no source was found");
        return sources;
    }

    private static List<Path> files(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains("/target/")
                            && !path.toString().contains("/.git/"))
                    .filter(wanted)
                    .toList();
        }
    }
}
