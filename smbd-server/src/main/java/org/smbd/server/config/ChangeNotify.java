package org.smbd.server.config;

/**
 * Whether clients are told of changes in directories.
 *
 * @param enabled whether at all
 * @param kernel whether of those by other programs of this host, too
 */
public record ChangeNotify(boolean enabled, boolean kernel) {
    static ChangeNotify from(Values values) {
        return new ChangeNotify(values.bool("change notify", true), values.bool("kernel change notify", true));
    }
}
