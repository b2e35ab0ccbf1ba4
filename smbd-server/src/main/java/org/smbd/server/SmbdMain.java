package org.smbd.server;

import org.smbd.server.cli.CommandIo;
import org.smbd.server.cli.SmbdCommandLine;

/** The program. */
public final class SmbdMain {
    private SmbdMain() {}

    public static void main(String[] arguments) {
        System.exit(new SmbdCommandLine(CommandIo.ofProcess()).run(arguments));
    }
}
