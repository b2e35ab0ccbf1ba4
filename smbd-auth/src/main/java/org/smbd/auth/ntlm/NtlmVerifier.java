package org.smbd.auth.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.smbd.auth.account.Account;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.IdentityMapper;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.SecurityContext;

/** Decides about an AUTHENTICATE_MESSAGE. MS-NLMP 3.2.5.1.2, 3.3. Safe for many threads. */
final class NtlmVerifier {
    /** 3.2.5.1.2: the key of a null session and of a guest. */
    private static final byte[] ZERO_KEY = new byte[NtlmCrypto.KEY_BYTES];

    /** 2.2.2.6 NTLM_RESPONSE. */
    private static final int V1_RESPONSE_BYTES = 24;
    /** 2.2.2.7 NTLMv2_CLIENT_CHALLENGE: bytes before the AvPairs. */
    private static final int V2_BLOB_FIXED_BYTES = 28;
    /** 2.2.2.7: RespType and HiRespType of NTLMv2. */
    private static final int V2_RESPONSE_TYPE = 1;

    private static final int CHALLENGE_BYTES = 8;

    private final ServerNames names;
    private final NtlmPolicy policy;
    private final AccountStore accounts;
    private final IdentityMapper identities;

    /** What became of it. */
    sealed interface Verdict {}

    /**
     * Let in.
     *
     * @param sharesKey whether the client has the same session key
     * @param usedMic whether the exchange was protected by the MIC of the message
     */
    record Accepted(SecurityContext context, byte[] sessionKey, String version, boolean sharesKey, boolean usedMic)
            implements Verdict {}

    record Rejected(AuthStep.Failed failure) implements Verdict {}

    /** A right response and the key that comes with it. */
    private record Proof(byte[] keyExchangeKey, String version, boolean claimsMic) {}

    NtlmVerifier(ServerNames names, NtlmPolicy policy, AccountStore accounts, IdentityMapper identities) {
        this.names = names;
        this.policy = policy;
        this.accounts = accounts;
        this.identities = identities;
    }

    Verdict verify(NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake) throws MalformedNtlm {
        if (message.isAnonymous()) {
            return anonymous(message, handshake);
        }
        Optional<Account> account = accounts.find(message.user());
        if (account.isEmpty()) {
            return policy.mapToGuest().coversUnknownUser()
                    ? guest()
                    : rejected(message, NtStatus.LOGON_FAILURE, "no such account");
        }
        if (isV1(message) && !policy.ntlmV1Permitted()) {
            return rejected(
                    message,
                    NtStatus.LOGON_FAILURE,
                    "the client used NTLMv1, which needs ntlm auth = ntlmv1-permitted");
        }
        Optional<Proof> proof = proof(message, handshake, account.get().ntHash());
        if (proof.isEmpty()) {
            return policy.mapToGuest().coversWrongPassword()
                    ? guest()
                    : rejected(message, NtStatus.LOGON_FAILURE, "wrong password");
        }
        return proven(message, handshake, account.get(), proof.get());
    }

    private Verdict anonymous(NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake)
            throws MalformedNtlm {
        if (!policy.anonymousPermitted()) {
            return rejected(message, NtStatus.ACCESS_DENIED, "anonymous logins are not permitted");
        }
        byte[] key = exportedSessionKey(message, handshake, ZERO_KEY);
        return new Accepted(identities.anonymous(), key, "anonymous", true, false);
    }

    private Verdict guest() {
        return new Accepted(identities.guest(), ZERO_KEY.clone(), "guest", false, false);
    }

    /** The password is right; what is left is the state of the account and the integrity of the exchange. */
    private Verdict proven(
            NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake, Account account, Proof proof)
            throws MalformedNtlm {
        byte[] key = exportedSessionKey(message, handshake, proof.keyExchangeKey);
        if (proof.claimsMic && !micIsRight(message, handshake, key)) {
            return rejected(message, NtStatus.INVALID_PARAMETER, "the login was changed on its way (MIC is wrong)");
        }
        if (account.disabled()) {
            return rejected(message, NtStatus.ACCOUNT_DISABLED, "the account is disabled");
        }
        return new Accepted(identities.user(account), key, proof.version, true, proof.claimsMic);
    }

    private static boolean isV1(NtlmMessages.Authenticate message) {
        return message.ntResponse().length == V1_RESPONSE_BYTES;
    }

    private Optional<Proof> proof(NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake, byte[] ntHash)
            throws MalformedNtlm {
        if (isV1(message)) {
            return proofV1(message, handshake, ntHash);
        }
        // No response, or one for LM alone: there is no password in it that counts.
        if (message.ntResponse().length == 0) {
            return Optional.empty();
        }
        return proofV2(message, handshake, ntHash);
    }

    /** 3.3.1 NTLM v1 Authentication. The LM response is only a carrier of the client's challenge, and may be absent. */
    private static Optional<Proof> proofV1(
            NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake, byte[] ntHash) throws MalformedNtlm {
        boolean extended =
                NtlmFlags.has(message.flags() & handshake.challengeFlags(), NtlmFlags.EXTENDED_SESSIONSECURITY);
        byte[] challenge = handshake.serverChallenge();
        byte[] clientChallenge = new byte[0];
        if (extended) {
            if (message.lmResponse().length < CHALLENGE_BYTES) {
                throw new MalformedNtlm("no client challenge in the LM response");
            }
            clientChallenge = Arrays.copyOf(message.lmResponse(), CHALLENGE_BYTES);
            challenge = NtlmCrypto.extendedChallenge(challenge, clientChallenge);
        }
        if (!MessageDigest.isEqual(NtlmCrypto.ntlmV1Response(ntHash, challenge), message.ntResponse())) {
            return Optional.empty();
        }
        byte[] base = NtlmCrypto.sessionBaseKeyV1(ntHash);
        // 3.4.5.1 KXKEY.
        byte[] exchangeKey = extended ? NtlmCrypto.hmacMd5(base, handshake.serverChallenge(), clientChallenge) : base;
        return Optional.of(new Proof(exchangeKey, "NTLMv1", false));
    }

    /** 3.3.2 NTLM v2 Authentication. */
    private Optional<Proof> proofV2(NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake, byte[] ntHash)
            throws MalformedNtlm {
        byte[] response = message.ntResponse();
        if (response.length < NtlmCrypto.KEY_BYTES + V2_BLOB_FIXED_BYTES) {
            throw new MalformedNtlm("an NTLMv2 response of " + response.length + " bytes");
        }
        byte[] proof = Arrays.copyOf(response, NtlmCrypto.KEY_BYTES);
        byte[] temp = Arrays.copyOfRange(response, NtlmCrypto.KEY_BYTES, response.length);
        if (temp[0] != V2_RESPONSE_TYPE || temp[1] != V2_RESPONSE_TYPE) {
            throw new MalformedNtlm("an unknown response type");
        }
        AvPairs pairs = AvPairs.decode(ByteBuffer.wrap(temp, V2_BLOB_FIXED_BYTES, temp.length - V2_BLOB_FIXED_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN));
        byte[] responseKey = NtlmCrypto.ntowfV2(ntHash, message.user(), message.domain());
        if (!MessageDigest.isEqual(NtlmCrypto.ntProof(responseKey, handshake.serverChallenge(), temp), proof)) {
            return Optional.empty();
        }
        if (handshake.toldNames() && !isMeantForUs(pairs)) {
            return Optional.empty();
        }
        byte[] base = NtlmCrypto.hmacMd5(responseKey, proof);
        return Optional.of(new Proof(base, "NTLMv2", handshake.toldNames() && pairs.hasMic()));
    }

    /**
     * Whether the client answered the challenge of this server over a plain channel. Another name or a channel binding
     * means that somebody in between passes on a login that was meant for another server.
     */
    private boolean isMeantForUs(AvPairs pairs) {
        return pairs.text(AvPairs.NB_COMPUTER_NAME)
                        .map(name -> name.equals(names.netbiosComputer()))
                        .orElse(true)
                && pairs.text(AvPairs.NB_DOMAIN_NAME)
                        .map(name -> name.equals(names.netbiosDomain()))
                        .orElse(true)
                && pairs.value(AvPairs.CHANNEL_BINDINGS)
                        .map(hash -> Arrays.equals(hash, ZERO_KEY))
                        .orElse(true);
    }

    /** 3.2.5.1.2: ExportedSessionKey. */
    private static byte[] exportedSessionKey(
            NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake, byte[] keyExchangeKey)
            throws MalformedNtlm {
        int flags = message.flags() & handshake.challengeFlags();
        boolean exchanges = NtlmFlags.has(flags, NtlmFlags.KEY_EXCH)
                && (NtlmFlags.has(flags, NtlmFlags.SIGN) || NtlmFlags.has(flags, NtlmFlags.SEAL));
        if (!exchanges) {
            return keyExchangeKey.clone();
        }
        if (message.encryptedRandomSessionKey().length != NtlmCrypto.KEY_BYTES) {
            throw new MalformedNtlm("a session key of " + message.encryptedRandomSessionKey().length + " bytes");
        }
        return NtlmCrypto.rc4(keyExchangeKey, message.encryptedRandomSessionKey());
    }

    /** 3.2.5.1.2: HMAC_MD5(ExportedSessionKey, the three messages, with a MIC of zeros in the last). */
    private static boolean micIsRight(NtlmMessages.Authenticate message, NtlmExchange.Handshake handshake, byte[] key) {
        byte[] expected = NtlmCrypto.hmacMd5(key, handshake.negotiate(), handshake.challenge(), message.withoutMic());
        return MessageDigest.isEqual(expected, message.mic());
    }

    private static Rejected rejected(NtlmMessages.Authenticate message, NtStatus status, String reason) {
        return new Rejected(new AuthStep.Failed(status, reason, Optional.of(message.user())));
    }
}
