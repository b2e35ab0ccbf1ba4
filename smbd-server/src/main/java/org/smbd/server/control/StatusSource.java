package org.smbd.server.control;

/** Whoever knows how the server is doing. Called by a control thread, at any time. */
@FunctionalInterface
public interface StatusSource {
    /** A snapshot. */
    ServerStatus status();
}
