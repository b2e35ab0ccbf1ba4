package org.smbd.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import javax.crypto.Cipher;
import org.conscrypt.Conscrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes signers and ciphers with the fastest implementation that works here.
 *
 * <p>AES-GCM and AES-GMAC come from Conscrypt, which works on direct buffers without a copy, else from the JDK. The
 * other algorithms are the JDK's, or built here on its AES, everywhere. No provider is registered with the JVM.
 */
public final class CryptoProvider {
    private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);
    private static final String GCM = "AES/GCM/NoPadding";

    private final String name;
    private final InstancePool.Maker<Cipher> gcm;
    private final boolean compiledAhead;

    /** The parameter {@code crypto provider}. */
    public enum Choice {
        AUTO,
        JDK,
        CONSCRYPT
    }

    private CryptoProvider(String name, InstancePool.Maker<Cipher> gcm, boolean compiledAhead) {
        this.name = name;
        this.gcm = gcm;
        this.compiledAhead = compiledAhead;
    }

    /** Only the JDK's own algorithms. */
    public static CryptoProvider jdk() {
        return new CryptoProvider("JDK", () -> Cipher.getInstance(GCM), false);
    }

    /**
     * Tries the wanted implementation with a known answer, says in the log what it is, and falls back to the JDK where
     * it does not work. Never fails.
     */
    public static CryptoProvider probe(Choice choice) {
        if (choice != Choice.JDK) {
            try {
                Provider conscrypt = Conscrypt.newProvider();
                CryptoProvider candidate =
                        new CryptoProvider("Conscrypt", () -> Cipher.getInstance(GCM, conscrypt), true);
                if (KnownAnswer.passes(candidate)) {
                    LOG.info("AES-GCM and AES-GMAC by Conscrypt, other algorithms by the JDK");
                    return candidate;
                }
                LOG.warn("Conscrypt computes AES-GCM wrongly on this machine: using the JDK instead");
            } catch (LinkageError | RuntimeException e) {
                LOG.warn("Conscrypt does not work on this machine ({}): AES-GCM by the JDK instead", e.toString());
            }
            return jdk();
        }
        LOG.info("all cryptographic algorithms by the JDK");
        return jdk();
    }

    /** For logs and status: who computes AES-GCM. */
    public String name() {
        return name;
    }

    /**
     * A signer for a key of 16 bytes.
     *
     * @throws IllegalArgumentException if the algorithm cannot use the key
     */
    public Signer signer(SigningAlgorithm algorithm, byte[] key) {
        try {
            MessageMac mac = switch (algorithm) {
                case HMAC_SHA256 -> new HmacSha256(key);
                case AES_CMAC -> new AesCmac(key);
                case AES_GMAC -> new AesGmac(key, gcm);
            };
            return new Signer(algorithm, mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key for " + algorithm, e);
        }
    }

    /**
     * A cipher for a key and one direction.
     *
     * @throws IllegalArgumentException if the key does not have the length that the algorithm needs
     */
    public MessageCipher messageCipher(EncryptionAlgorithm algorithm, byte[] key) {
        if (key.length != algorithm.keyBytes()) {
            throw new IllegalArgumentException(algorithm + " needs " + algorithm.keyBytes() + " bytes of key");
        }
        return new MessageCipher(algorithm, algorithm.isGcm() ? gcm(key) : new AesCcm(key), new NonceCounter(0));
    }

    Aead gcm(byte[] key) {
        return new AesGcm(key, gcm);
    }

    /**
     * The signing algorithms of 3.1.1, fastest first.
     *
     * <p>The JDK's GMAC is slower than CMAC by far until the JVM has compiled it, which takes thousands of calls.
     */
    public List<SigningAlgorithm> signingPreference() {
        return compiledAhead
                ? List.of(SigningAlgorithm.AES_GMAC, SigningAlgorithm.AES_CMAC, SigningAlgorithm.HMAC_SHA256)
                : List.of(SigningAlgorithm.AES_CMAC, SigningAlgorithm.AES_GMAC, SigningAlgorithm.HMAC_SHA256);
    }

    /** Starts to exercise what the JVM must compile before it is fast; returns at once. Nothing to do for Conscrypt. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint: requests go first
    public void warmUpInBackground() {
        if (!compiledAhead) {
            Thread thread = new Thread(new WarmUp(this), "crypto-warm-up");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }
}
