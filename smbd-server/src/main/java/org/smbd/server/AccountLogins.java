package org.smbd.server;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.smbd.auth.Authenticator;
import org.smbd.auth.FailureThrottle;
import org.smbd.auth.TokenLimits;
import org.smbd.auth.account.AccountStore;
import org.smbd.auth.account.IdentityMapper;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.mechanism.Mechanism;
import org.smbd.auth.ntlm.NtlmMechanism;
import org.smbd.auth.ntlm.NtlmPolicy;
import org.smbd.auth.ntlm.NtlmResponses;
import org.smbd.auth.ntlm.ServerNames;
import org.smbd.core.status.NtStatus;
import org.smbd.server.config.NtlmAuth;
import org.smbd.server.config.Security;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.smb2.Logins;

/** Log-ins with the accounts of this server. */
final class AccountLogins implements Logins {
    private final Optional<NtlmMechanism> ntlm;
    private final Authenticator authenticator;
    private final FailureThrottle throttle;

    AccountLogins(ServerConfig config, AccountStore accounts, IdentityMapper identities, Clock clock) {
        Security security = config.security();
        NtlmPolicy policy = new NtlmPolicy(
                security.ntlm() == NtlmAuth.NTLMV1_PERMITTED, security.restrictAnonymous() < 2, security.mapToGuest());
        ServerNames names = new ServerNames(
                config.names().netbiosName(),
                config.names().netbiosName(),
                config.names().netbiosName(),
                "");
        this.ntlm = security.ntlm() == NtlmAuth.DISABLED
                ? Optional.empty()
                : Optional.of(new NtlmMechanism(names, policy, accounts, identities, clock));
        this.authenticator = new Authenticator(
                ntlm.<List<Mechanism>>map(List::of).orElse(List.of()),
                new TokenLimits(
                        config.limits().securityTokenBytes(), config.limits().asn1Depth()));
        this.throttle = new FailureThrottle(
                clock,
                config.limits().loginFailuresBeforeDelay(),
                config.limits().loginFailureDelay());
    }

    /** What NEGOTIATE says of our mechanisms. */
    byte[] securityHint() {
        return authenticator.initialToken();
    }

    @Override
    public AuthExchange begin() {
        return authenticator.begin();
    }

    @Override
    public AuthStep verify(byte[] challenge, NtlmResponses responses) {
        return ntlm.isPresent()
                ? ntlm.get().verify(challenge, responses)
                : new AuthStep.Failed(NtStatus.LOGON_FAILURE, "ntlm auth = disabled", Optional.of(responses.user()));
    }

    @Override
    public Duration failed(String account, InetAddress address) {
        return Duration.ofMillis(throttle.failed(account, address.getHostAddress()));
    }

    @Override
    public boolean isHeldUp(String account, InetAddress address) {
        return throttle.isHeldUp(account, address.getHostAddress());
    }

    @Override
    public void succeeded(String account, InetAddress address) {
        throttle.succeeded(account, address.getHostAddress());
    }
}
