package org.smbd.server.config;

/**
 * Where something in the configuration was written.
 *
 * @param source the file's name, or what stands for it
 * @param line the line, from 1; 0 for the whole
 */
public record Origin(String source, int line) {
    /** What no file holds: a default, or a value that a program set. */
    public static final Origin PROGRAM = new Origin("(program)", 0);

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
