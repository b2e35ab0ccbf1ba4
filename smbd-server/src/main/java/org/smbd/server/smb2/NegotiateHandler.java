package org.smbd.server.smb2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.FileTime;
import org.smbd.protocol.crypto.EncryptionAlgorithm;
import org.smbd.protocol.crypto.PreauthHash;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.NegotiateContext;
import org.smbd.protocol.smb2.NegotiateRequest;
import org.smbd.protocol.smb2.NegotiateResponse;
import org.smbd.protocol.smb2.SecurityMode;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.pipeline.Reply;
import org.smbd.server.pipeline.Request;

/** MS-SMB2 3.3.5.4 Receiving an SMB2 NEGOTIATE Request. Runs in the lane of the connection. */
public final class NegotiateHandler {
    private static final Logger LOG = LoggerFactory.getLogger(NegotiateHandler.class);

    /** 2.0.2 knows no multi-credit requests, so nothing is longer. */
    private static final int SINGLE_CREDIT_BYTES = 64 * 1024;

    /** As Windows. */
    private static final int SALT_BYTES = 32;

    private final NegotiateSettings settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public NegotiateHandler(NegotiateSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Chooses dialect, cipher and signing algorithm. */
    public Reply handle(Request context, NegotiateRequest request) {
        Optional<Dialect> common = greatestCommonDialect(request.dialects());
        if (common.isEmpty()) {
            LOG.info(
                    "{}: refused, it speaks none of the dialects {} to {}",
                    context.connection().peer(),
                    settings.oldest(),
                    settings.newest());
            return Reply.failure(NtStatus.NOT_SUPPORTED);
        }
        Dialect dialect = common.get();
        if (dialect.hasPreauthIntegrity()) {
            Optional<NtStatus> refusal = checkContexts(request.negotiateContexts());
            if (refusal.isPresent()) {
                return Reply.failure(refusal.get());
            }
        }
        Connection connection = context.connection();
        Negotiated facts = choose(dialect, request);
        if (dialect.hasPreauthIntegrity()) {
            hash(context);
        }
        connection.setNegotiated(facts);
        return Reply.success(response(connection, facts, request));
    }

    private Optional<Dialect> greatestCommonDialect(List<Integer> offered) {
        return offered.stream()
                .map(Dialect::of)
                .flatMap(Optional::stream)
                .filter(settings::offers)
                .max(Dialect::compareTo);
    }

    /** 3.3.5.4: which contexts must be there, and how often. */
    private static Optional<NtStatus> checkContexts(List<NegotiateContext> contexts) {
        List<NegotiateContext.PreauthIntegrity> hashes = all(contexts, NegotiateContext.PreauthIntegrity.class);
        if (hashes.size() != 1
                || all(contexts, NegotiateContext.Encryption.class).size() > 1
                || all(contexts, NegotiateContext.Signing.class).size() > 1) {
            return Optional.of(NtStatus.INVALID_PARAMETER);
        }
        return hashes.get(0).hashAlgorithms().contains(NegotiateContext.PreauthIntegrity.SHA_512)
                ? Optional.empty()
                : Optional.of(NtStatus.SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP);
    }

    private Negotiated choose(Dialect dialect, NegotiateRequest request) {
        boolean multiCredit = dialect.hasMultiCredit();
        Optional<List<Integer>> signing = all(request.negotiateContexts(), NegotiateContext.Signing.class).stream()
                .map(NegotiateContext.Signing::signingAlgorithms)
                .findFirst();
        Optional<EncryptionAlgorithm> cipher = chooseCipher(dialect, request);
        boolean announcesEncryption = cipher.isPresent() && !dialect.hasPreauthIntegrity();
        return new Negotiated(
                dialect,
                request.clientGuid(),
                request.capabilities(),
                request.securityMode(),
                request.dialects(),
                (multiCredit ? GlobalCapabilities.LARGE_MTU : 0)
                        | (announcesEncryption ? GlobalCapabilities.ENCRYPTION : 0)
                        | settings.channelCapabilities(dialect, request.capabilities())
                        | settings.persistentCapabilities(dialect, request.capabilities())
                        | settings.leaseCapabilities(dialect),
                SecurityMode.SIGNING_ENABLED | (settings.signingRequired() ? SecurityMode.SIGNING_REQUIRED : 0),
                multiCredit ? settings.maxTransactSizeBytes() : SINGLE_CREDIT_BYTES,
                multiCredit ? settings.maxReadSizeBytes() : SINGLE_CREDIT_BYTES,
                multiCredit ? settings.maxWriteSizeBytes() : SINGLE_CREDIT_BYTES,
                cipher,
                chooseSigning(dialect, signing.orElse(List.of())),
                dialect.hasPreauthIntegrity() && signing.isPresent(),
                settings.posixExtensions() && dialect.hasPreauthIntegrity() && asksForPosix(request));
    }

    private static boolean asksForPosix(NegotiateRequest request) {
        return all(request.negotiateContexts(), NegotiateContext.PosixExtensions.class).stream()
                .anyMatch(NegotiateContext.PosixExtensions::hasVersion);
    }

    private Optional<EncryptionAlgorithm> chooseCipher(Dialect dialect, NegotiateRequest request) {
        if (!dialect.hasEncryption()) {
            return Optional.empty();
        }
        if (!dialect.hasPreauthIntegrity()) { // 3.0 and 3.0.2 have one cipher, and a capability bit
            return (request.capabilities() & GlobalCapabilities.ENCRYPTION) != 0
                            && settings.ciphers().contains(EncryptionAlgorithm.AES_128_CCM)
                    ? Optional.of(EncryptionAlgorithm.AES_128_CCM)
                    : Optional.empty();
        }
        List<Integer> offered = all(request.negotiateContexts(), NegotiateContext.Encryption.class).stream()
                .flatMap(context -> context.ciphers().stream())
                .toList();
        return settings.ciphers().stream()
                .filter(cipher -> offered.contains(cipher.id()))
                .findFirst();
    }

    private SigningAlgorithm chooseSigning(Dialect dialect, List<Integer> offered) {
        if (!dialect.isSmb3()) {
            return SigningAlgorithm.HMAC_SHA256;
        }
        return settings.signingAlgorithms().stream()
                .filter(algorithm -> dialect.hasPreauthIntegrity() && offered.contains(algorithm.id()))
                .findFirst()
                .orElse(SigningAlgorithm.AES_CMAC);
    }

    /** Connection.PreauthIntegrityHashValue: over the request now, over the response when it is written. */
    private static void hash(Request context) {
        Connection connection = context.connection();
        ByteBuf request = context.message();
        PreauthHash behindRequest = PreauthHash.START.with(request, request.readerIndex(), request.readableBytes());
        context.onEncoded(response -> connection.setPreauthHash(
                behindRequest.with(response, response.readerIndex(), response.readableBytes())));
    }

    private NegotiateResponse response(Connection connection, Negotiated facts, NegotiateRequest request) {
        return new NegotiateResponse(
                facts.serverSecurityMode(),
                facts.dialect().revision(),
                connection.serverGuid(),
                facts.serverCapabilities(),
                facts.maxTransactSizeBytes(),
                facts.maxReadSizeBytes(),
                facts.maxWriteSizeBytes(),
                FileTime.of(clock.instant()),
                0, // ServerStartTime: 3.3.5.4 wants zero
                Unpooled.wrappedBuffer(settings.securityHint()),
                facts.dialect().hasPreauthIntegrity() ? contexts(facts, request) : List.of());
    }

    private List<NegotiateContext> contexts(Negotiated facts, NegotiateRequest request) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        List<NegotiateContext> contexts = new ArrayList<>();
        contexts.add(new NegotiateContext.PreauthIntegrity(
                List.of(NegotiateContext.PreauthIntegrity.SHA_512), Unpooled.wrappedBuffer(salt)));
        if (settings.offersEncryption()
                && !all(request.negotiateContexts(), NegotiateContext.Encryption.class)
                        .isEmpty()) {
            // 0 says: we can encrypt, but have no cipher in common
            contexts.add(new NegotiateContext.Encryption(
                    List.of(facts.cipher().map(EncryptionAlgorithm::id).orElse(0))));
        }
        if (facts.signingNegotiated()) {
            contexts.add(new NegotiateContext.Signing(List.of(facts.signing().id())));
        }
        if (facts.posixExtensions()) {
            contexts.add(NegotiateContext.PosixExtensions.ofServer());
        }
        return contexts;
    }

    private static <T extends NegotiateContext> List<T> all(List<NegotiateContext> contexts, Class<T> type) {
        return contexts.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
