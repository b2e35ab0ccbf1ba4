package org.smbd.vfs.oplock;

/**
 * A break that is acknowledged. MS-FSA 2.1.5.19 Server Acknowledges an Oplock Break.
 *
 * @param state the {@link Caching} bits left
 * @param next to be run when the client has its answer: it may send the next break, and lets go who waited
 */
public record Acknowledged(int state, Runnable next) {}
