package org.smbd.server;

import org.smbd.server.cli.CommandIo;
import org.smbd.server.cli.SmbdCommandLine;
import org.smbd.server.log.Logging;

/** The program. */
public final class SmbdMain {
    private SmbdMain() {}

    public static void main(String[] arguments) {
        int status = new SmbdCommandLine(CommandIo.ofProcess()).run(arguments);
        Logging.end();
        System.exit(status);
    }
}
