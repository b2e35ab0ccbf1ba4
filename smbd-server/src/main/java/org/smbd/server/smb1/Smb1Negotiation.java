package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.status.NtStatus;
import org.smbd.core.type.FileTime;
import org.smbd.protocol.frame.DirectTcpHeader;
import org.smbd.protocol.smb1.DosTime;
import org.smbd.protocol.smb1.Smb1Capabilities;
import org.smbd.protocol.smb1.Smb1Flags;
import org.smbd.protocol.smb1.Smb1Header;
import org.smbd.protocol.smb1.Smb1NegotiateRequest;
import org.smbd.protocol.smb1.Smb1Response;
import org.smbd.protocol.smb1.Smb1SessionResponse;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.conn.Connection;

/** MS-CIFS 3.3.5.42 Receiving an SMB_COM_NEGOTIATE Request, MS-SMB 3.3.5.2. Lane of the connection only. */
public final class Smb1Negotiation {
    private static final Logger LOG = LoggerFactory.getLogger(Smb1Negotiation.class);
    private static final int ANSWER_BYTES = 512;
    private static final int CHALLENGE_BYTES = 8;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int CAPABILITIES = Smb1Capabilities.UNICODE
            | Smb1Capabilities.LARGE_FILES
            | Smb1Capabilities.NT_SMBS
            | Smb1Capabilities.RPC_REMOTE_APIS
            | Smb1Capabilities.STATUS32
            | Smb1Capabilities.LEVEL_II_OPLOCKS
            | Smb1Capabilities.LOCK_AND_READ
            | Smb1Capabilities.NT_FIND
            | Smb1Capabilities.INFOLEVEL_PASSTHRU
            | Smb1Capabilities.LARGE_READX
            | Smb1Capabilities.LARGE_WRITEX;

    private final Smb1Settings settings;
    private final byte[] securityHint;
    private final Smb1Dispatcher dispatcher;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param securityHint the token that names our mechanisms; not changed */
    public Smb1Negotiation(Smb1Settings settings, byte[] securityHint, Smb1Dispatcher dispatcher, InstantSource clock) {
        this.settings = settings;
        this.securityHint = securityHint.clone();
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    /** Answers a client of SMB1; false, and nothing is done, where SMB1 is off or no dialect is known. */
    boolean answer(Connection connection, Smb1NegotiateRequest request) {
        Optional<Smb1Dialect.Choice> choice = settings.enabled() && !settings.sealRequired()
                ? Smb1Dialect.Choice.of(request.dialects())
                : Optional.empty();
        if (choice.isEmpty() || choice.get().dialect() == Smb1Dialect.CORE_PLUS) {
            return false;
        }
        Smb1Header header = request.header();
        boolean extended = choice.get().dialect().isNt() && (header.flags2() & Smb1Flags.FLAGS2_EXTENDED_SECURITY) != 0;
        byte[] challenge = new byte[extended ? 0 : CHALLENGE_BYTES];
        random.nextBytes(challenge);
        Smb1Connection negotiated = new Smb1Connection(
                connection, settings, dispatcher, choice.get().dialect(), extended, challenge, ZoneId.systemDefault());
        connection.setOlderProtocol(negotiated);
        LOG.info("{}: speaks SMB1 ({})", connection.peer(), negotiated.name());
        send(connection, header, response(connection, negotiated, choice.get().index(), challenge));
        return true;
    }

    private Smb1Response response(Connection connection, Smb1Connection negotiated, int index, byte[] challenge) {
        DosTime time = negotiated.time();
        int zoneMinutes = -time.zone().getTotalSeconds() / SECONDS_PER_MINUTE;
        long now = FileTime.of(clock.instant());
        if (negotiated.dialect().isNt()) {
            boolean extended = negotiated.hasExtendedSecurity();
            return new Smb1SessionResponse.Negotiate(
                    index,
                    securityMode(),
                    Smb1Limits.MPX_COUNT,
                    Smb1Limits.BUFFER_BYTES,
                    0,
                    CAPABILITIES | (extended ? Smb1Capabilities.EXTENDED_SECURITY : 0),
                    now,
                    zoneMinutes,
                    extended
                            ? new Smb1SessionResponse.Token(connection.serverGuid(), securityHint)
                            : new Smb1SessionResponse.Challenge(
                                    challenge, settings.workgroup(), settings.netbiosName()));
        }
        if (negotiated.dialect().isLanman()) {
            return new Smb1SessionResponse.NegotiateLanman(
                    index,
                    Smb1SessionResponse.Negotiate.USER_SECURITY | Smb1SessionResponse.Negotiate.ENCRYPT_PASSWORDS,
                    Smb1Limits.BUFFER_BYTES,
                    Smb1Limits.MPX_COUNT,
                    0,
                    time.toPacked(now),
                    zoneMinutes,
                    challenge,
                    settings.workgroup());
        }
        return new Smb1SessionResponse.NegotiateCore(index);
    }

    private int securityMode() {
        return Smb1SessionResponse.Negotiate.USER_SECURITY
                | Smb1SessionResponse.Negotiate.ENCRYPT_PASSWORDS
                | (settings.offersSigning() ? Smb1SessionResponse.Negotiate.SIGNATURES_ENABLED : 0)
                | (settings.requiresSigning() ? Smb1SessionResponse.Negotiate.SIGNATURES_REQUIRED : 0);
    }

    private void send(Connection connection, Smb1Header request, Smb1Response response) {
        ByteBuf frame = connection.transport().allocator().directBuffer(ANSWER_BYTES);
        frame.writeZero(DirectTcpHeader.SIZE_BYTES);
        WireWriter out = new WireWriter(frame);
        request.answer(NtStatus.SUCCESS, request.tid(), request.uid()).encode(out);
        Smb1Response.encode(response, false, out, request.text(settings.oem()));
        DirectTcpHeader.encode(frame, 0, frame.readableBytes() - DirectTcpHeader.SIZE_BYTES);
        connection.send(frame);
    }
}
