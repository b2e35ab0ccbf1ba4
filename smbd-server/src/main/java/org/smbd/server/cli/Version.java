package org.smbd.server.cli;

import picocli.CommandLine;

/** The version that the jar's manifest names. */
public final class Version implements CommandLine.IVersionProvider {
    /** The version; {@code development} outside a jar. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"smbd " + text()};
    }
}
