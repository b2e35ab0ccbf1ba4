package org.smbd.protocol.crypto;

import java.util.Optional;

/** How messages are signed. MS-SMB2 2.2.3.1.7 SMB2_SIGNING_CAPABILITIES. */
public enum SigningAlgorithm {
    /** HMAC-SHA256, first 16 bytes: the algorithm of 2.0.2 and 2.1. */
    HMAC_SHA256(0x0000),
    /** AES-128-CMAC (RFC 4493): the algorithm of 3.0 and 3.0.2, and of 3.1.1 where nothing is negotiated. */
    AES_CMAC(0x0001),
    /** AES-128-GMAC (RFC 4543) with a nonce made of the message id. */
    AES_GMAC(0x0002);

    private final int id;

    SigningAlgorithm(int id) {
        this.id = id;
    }

    /** The algorithm of a wire id, if it is one that this server knows. */
    public static Optional<SigningAlgorithm> of(int id) {
        return switch (id) {
            case 0x0000 -> Optional.of(HMAC_SHA256);
            case 0x0001 -> Optional.of(AES_CMAC);
            case 0x0002 -> Optional.of(AES_GMAC);
            default -> Optional.empty();
        };
    }

    /** The 16-bit value on the wire. */
    public int id() {
        return id;
    }
}
