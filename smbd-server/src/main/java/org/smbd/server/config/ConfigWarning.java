package org.smbd.server.config;

/** Something in the configuration that the administrator should know and that does not stop the server. */
public record ConfigWarning(Origin origin, String message) {
    @Override
    public String toString() {
        return origin + ": " + message;
    }
}
