package org.smbd.server.smb2;

import java.net.InetAddress;
import java.time.Duration;
import org.smbd.auth.mechanism.AuthExchange;
import org.smbd.auth.mechanism.AuthStep;
import org.smbd.auth.ntlm.NtlmResponses;

/** What authenticates clients: MS-SMB2 3.3.5.5.3 leaves it to GSS-API. */
public interface Logins {
    /** Starts the authentication of one session. */
    AuthExchange begin();

    /** Authenticates a client of SMB1 that answers the challenge of NEGOTIATE in one step. */
    AuthStep verify(byte[] challenge, NtlmResponses responses);

    /** Counts a failure; how late it is answered. */
    Duration failed(String account, InetAddress address);

    /** Whether a guess that is answered at once comes too early after the last one. */
    boolean isHeldUp(String account, InetAddress address);

    /** Forgets the failures of an account that could log in. */
    void succeeded(String account, InetAddress address);
}
