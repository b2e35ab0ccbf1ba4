package org.smbd.vfs.data;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.Sid;
import org.smbd.vfs.store.StoreFile;
import org.smbd.vfs.store.StoreStat;

/**
 * The tokens of offloaded reads of all shares: each stands for a range of a file as it was, for a time. Whoever knows
 * one is not enough: only the user who got it can use it. Bounded; each holds a file open.
 */
public final class OffloadTokens {
    /** Tokens at once; a client copies with one or two. */
    public static final int TOKENS_MAX = 256;

    /** Bytes of a token's id: not to be guessed. */
    public static final int ID_BYTES = 32;

    private static final Duration LIFETIME_DEFAULT = Duration.ofSeconds(30);
    private static final Duration LIFETIME_MAX = Duration.ofMinutes(5);

    /**
     * What a token stands for.
     *
     * @param file the file, open of its own
     * @param facts of the file when the token was made
     * @param range of the file
     * @param user who may use it
     */
    record Held(StoreFile file, StoreStat facts, DataRange range, Sid user) {
        /** Whether the file is still what it was. */
        boolean isCurrent() {
            StoreStat now = file.stat();
            return now.size() == facts.size()
                    && now.lastWriteTime() == facts.lastWriteTime()
                    && now.changeTime() == facts.changeTime();
        }
    }

    private final SecureRandom random = new SecureRandom();

    @GuardedBy("this")
    private final Map<String, Held> tokens = new HashMap<>();

    /**
     * Makes a token; takes over the file of {@code held}.
     *
     * @param lifetimeMillis unsigned; 0 for the default
     */
    byte[] add(Held held, int lifetimeMillis) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String key = key(id);
        synchronized (this) {
            if (tokens.size() >= TOKENS_MAX) {
                held.file().close();
                throw NtStatus.INSUFFICIENT_RESOURCES.exception();
            }
            tokens.put(key, held);
        }
        long wanted = lifetimeMillis == 0 ? LIFETIME_DEFAULT.toMillis() : Integer.toUnsignedLong(lifetimeMillis);
        CompletableFuture.delayedExecutor(Math.min(wanted, LIFETIME_MAX.toMillis()), TimeUnit.MILLISECONDS)
                .execute(() -> expire(key));
        return id;
    }

    /** What a token stands for, if it lives and is the user's. */
    synchronized Optional<Held> find(byte[] id, Sid user) {
        return Optional.ofNullable(tokens.get(key(id)))
                .filter(held -> held.user().equals(user));
    }

    private void expire(String key) {
        Held held;
        synchronized (this) {
            held = tokens.remove(key);
        }
        if (held != null) {
            held.file().close();
        }
    }

    /** Ends all of them. */
    public void close() {
        Map<String, Held> all;
        synchronized (this) {
            all = Map.copyOf(tokens);
        }
        all.keySet().forEach(this::expire);
    }

    private static String key(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}
