package org.smbd.server.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * What a command reads and writes.
 *
 * @param prompt asks a person; empty if standard input is no terminal
 */
public record CommandIo(InputStream in, PrintStream out, PrintStream err, Optional<Prompt> prompt) {
    private static final int LINE_BYTES_MAX = 4_096;

    /** Asks a person for a secret without showing it. */
    @FunctionalInterface
    public interface Prompt {
        /** What was typed; null at the end of input. */
        char[] ask(String question);
    }

    /** Of this process. */
    @SuppressWarnings("SystemConsoleNull") // null up to 21; from 22 on, isTerminal is asked as well
    public static CommandIo ofProcess() {
        Console console = System.console();
        boolean terminal = console != null && isTerminal(console);
        return new CommandIo(
                System.in,
                System.out,
                System.err,
                terminal ? Optional.of(question -> console.readPassword("%s", question)) : Optional.empty());
    }

    /**
     * A line of standard input without its end. Read byte by byte, so that nothing after it is taken.
     *
     * @throws IOException if there is none
     */
    String readLine() throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            throw new IOException("standard input is empty");
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
            if (line.size() > LINE_BYTES_MAX) {
                throw new IOException("the line is longer than " + LINE_BYTES_MAX + " bytes");
            }
        }
        String text = line.toString(java.nio.charset.StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Since 22, a console exists also where standard input is none; older ones lack the question. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
