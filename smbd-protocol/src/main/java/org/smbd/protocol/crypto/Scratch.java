package org.smbd.protocol.crypto;

/**
 * Two small arrays per thread through which direct buffers pass to ciphers that only take arrays. They stay in the
 * processor's cache, and no message is ever on the heap as a whole.
 */
final class Scratch {
    /** A multiple of the AES block: larger steps gain nothing. */
    static final int STEP_BYTES = 4096;

    private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

    final byte[] in = new byte[STEP_BYTES];
    final byte[] out = new byte[STEP_BYTES];

    private Scratch() {}

    static Scratch current() {
        return CURRENT.get();
    }
}
