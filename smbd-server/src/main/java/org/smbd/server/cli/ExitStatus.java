package org.smbd.server.cli;

/** What a command ends with; scripts rely on the numbers. */
public final class ExitStatus {
    public static final int SUCCESS = 0;
    public static final int FAILURE = 1;
    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    public static final int ADDRESS_IN_USE = 3;
    public static final int PERMISSION = 4;

    private ExitStatus() {}
}
