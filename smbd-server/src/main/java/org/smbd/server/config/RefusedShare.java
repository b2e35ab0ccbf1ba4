package org.smbd.server.config;

/**
 * A share that is not served, because something in its configuration is to keep people out and smbd does not do it.
 *
 * @param name the share
 * @param origin where that parameter stands
 * @param reason the parameter and why
 */
public record RefusedShare(String name, Origin origin, String reason) {
    @Override
    public String toString() {
        return origin + ": share [" + name + "] is not served: " + reason;
    }
}
