package org.smbd.protocol.crypto;

import java.util.Optional;

/** How messages are encrypted. MS-SMB2 2.2.3.1.2 SMB2_ENCRYPTION_CAPABILITIES. */
public enum EncryptionAlgorithm {
    AES_128_CCM(0x0001, 16, false),
    AES_128_GCM(0x0002, 16, true),
    AES_256_CCM(0x0003, 32, false),
    AES_256_GCM(0x0004, 32, true);

    /** MS-SMB2 2.2.41: bytes of the Nonce field that AES-CCM uses. */
    private static final int CCM_NONCE_BYTES = 11;
    /** MS-SMB2 2.2.41: bytes of the Nonce field that AES-GCM uses. */
    private static final int GCM_NONCE_BYTES = 12;

    private final int id;
    private final int keyBytes;
    private final boolean gcm;

    EncryptionAlgorithm(int id, int keyBytes, boolean gcm) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.gcm = gcm;
    }

    /** The algorithm of a wire id, if it is one that this server knows. */
    public static Optional<EncryptionAlgorithm> of(int id) {
        return switch (id) {
            case 0x0001 -> Optional.of(AES_128_CCM);
            case 0x0002 -> Optional.of(AES_128_GCM);
            case 0x0003 -> Optional.of(AES_256_CCM);
            case 0x0004 -> Optional.of(AES_256_GCM);
            default -> Optional.empty();
        };
    }

    /** The 16-bit value on the wire. */
    public int id() {
        return id;
    }

    /** Length of the key in bytes. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Whether this is Galois/Counter mode rather than CCM. */
    public boolean isGcm() {
        return gcm;
    }

    /** How many bytes of the 16-byte Nonce field are used; the others are zero. */
    public int nonceBytes() {
        return gcm ? GCM_NONCE_BYTES : CCM_NONCE_BYTES;
    }
}
