package org.smbd.server.smb1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.type.FileTime;
import org.smbd.core.type.Guid;
import org.smbd.protocol.crypto.SigningAlgorithm;
import org.smbd.protocol.frame.DirectTcpHeader;
import org.smbd.protocol.smb1.Smb1NegotiateRefusal;
import org.smbd.protocol.smb1.Smb1NegotiateRequest;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.protocol.smb2.GlobalCapabilities;
import org.smbd.protocol.smb2.NegotiateResponse;
import org.smbd.protocol.smb2.SecurityMode;
import org.smbd.protocol.smb2.Smb2Command;
import org.smbd.protocol.smb2.Smb2Flags;
import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireWriter;
import org.smbd.server.conn.Connection;
import org.smbd.server.conn.Negotiated;
import org.smbd.server.smb2.NegotiateSettings;

/**
 * A client that begins with SMB1 and names SMB2 among its dialects is answered in SMB2: MS-SMB2 3.3.5.3.1 SMB 2.1 or
 * SMB 3.x Support and 3.3.5.3.2 SMB 2.0.2 Support. Runs in the lane of the connection.
 */
public final class MultiProtocolNegotiation {
    private static final Logger LOG = LoggerFactory.getLogger(MultiProtocolNegotiation.class);
    private static final int SINGLE_CREDIT_BYTES = 64 * 1024;
    private static final int RESPONSE_BYTES = 512;

    private final NegotiateSettings settings;
    private final boolean servesSmb2;
    private final InstantSource clock;

    /** @param servesSmb2 false where {@code server max protocol} is one of SMB1 */
    public MultiProtocolNegotiation(NegotiateSettings settings, boolean servesSmb2, InstantSource clock) {
        this.settings = settings;
        this.servesSmb2 = servesSmb2;
        this.clock = clock;
    }

    /** Answers a client that names SMB2; false, and nothing is done, where it does not. */
    boolean answer(Connection connection, Smb1NegotiateRequest request) {
        boolean wildcard = request.dialects().contains(Smb1NegotiateRequest.SMB_2_WILDCARD)
                && settings.newest().isAtLeast(Dialect.SMB_2_1);
        boolean basic =
                request.dialects().contains(Smb1NegotiateRequest.SMB_2_002) && settings.oldest() == Dialect.SMB_2_0_2;
        if (!servesSmb2 || !wildcard && !basic) {
            return false;
        }
        takeSequenceNumber(connection);
        if (wildcard) {
            answer(connection, Dialect.WILDCARD_REVISION, GlobalCapabilities.LARGE_MTU);
        } else {
            connection.setNegotiated(basicFacts());
            answer(connection, Dialect.SMB_2_0_2.revision(), 0);
        }
        return true;
    }

    /** A NEGOTIATE takes the first sequence number, so that there is only one. */
    private static void takeSequenceNumber(Connection connection) {
        if (!connection.credits().consume(0, 1)) {
            throw MalformedMessage.connection();
        }
    }

    private Negotiated basicFacts() {
        return new Negotiated(
                Dialect.SMB_2_0_2,
                Guid.ZERO,
                0,
                SecurityMode.SIGNING_ENABLED,
                List.of(Dialect.SMB_2_0_2.revision()),
                0,
                securityMode(),
                SINGLE_CREDIT_BYTES,
                SINGLE_CREDIT_BYTES,
                SINGLE_CREDIT_BYTES,
                Optional.empty(),
                SigningAlgorithm.HMAC_SHA256,
                false,
                false);
    }

    private int securityMode() {
        return SecurityMode.SIGNING_ENABLED | (settings.signingRequired() ? SecurityMode.SIGNING_REQUIRED : 0);
    }

    private void answer(Connection connection, int revision, int capabilities) {
        boolean multiCredit = capabilities != 0;
        NegotiateResponse response = new NegotiateResponse(
                securityMode(),
                revision,
                connection.serverGuid(),
                capabilities,
                multiCredit ? settings.maxTransactSizeBytes() : SINGLE_CREDIT_BYTES,
                multiCredit ? settings.maxReadSizeBytes() : SINGLE_CREDIT_BYTES,
                multiCredit ? settings.maxWriteSizeBytes() : SINGLE_CREDIT_BYTES,
                FileTime.of(clock.instant()),
                0,
                Unpooled.wrappedBuffer(settings.securityHint()),
                List.of());
        int credits = connection.credits().grant(1, 1);
        Smb2Header header =
                new Smb2Header(0, 0, Smb2Command.NEGOTIATE, credits, Smb2Flags.SERVER_TO_REDIR, 0, 0, 0, 0, 0);
        ByteBuf frame = newFrame(connection);
        WireWriter out = new WireWriter(frame);
        header.encode(out);
        response.encode(out);
        send(connection, frame);
    }

    /** Tells a client that none of its dialects is spoken here. */
    void refuse(Connection connection, Smb1NegotiateRequest request) {
        takeSequenceNumber(connection);
        LOG.info(
                "{}: refused, it speaks SMB1 only ({}); let it use SMB2 or later",
                connection.peer(),
                String.join(", ", request.dialects()).replaceAll("\\p{Cntrl}", "?"));
        ByteBuf frame = newFrame(connection);
        Smb1NegotiateRefusal.of(request).encode(new WireWriter(frame));
        send(connection, frame);
        connection.disconnect();
    }

    private static ByteBuf newFrame(Connection connection) {
        return connection.transport().allocator().directBuffer(RESPONSE_BYTES).writeZero(DirectTcpHeader.SIZE_BYTES);
    }

    private static void send(Connection connection, ByteBuf frame) {
        DirectTcpHeader.encode(frame, 0, frame.readableBytes() - DirectTcpHeader.SIZE_BYTES);
        connection.send(frame);
    }
}
