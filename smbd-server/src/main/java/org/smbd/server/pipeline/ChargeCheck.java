package org.smbd.server.pipeline;

import org.smbd.protocol.smb2.Smb2Header;
import org.smbd.protocol.smb2.Smb2Request;
import org.smbd.server.conn.Connection;

/** MS-SMB2 3.3.5.2.5 Verifying the Credit Charge and the Payload Size. */
final class ChargeCheck {
    private static final int CREDIT_BYTES = 64 * 1024;

    private ChargeCheck() {}

    /** Whether the credits that a request pays cover what it sends or asks for. */
    static boolean covers(Connection connection, Smb2Header header, Smb2Request body) {
        if (connection.negotiation().isEmpty() || !connection.negotiated().supportsMultiCredit()) {
            return true;
        }
        long payloadBytes = body.payloadBytes();
        long paid = Math.max(header.creditCharge(), 1);
        return payloadBytes <= paid * CREDIT_BYTES;
    }

    /** How many message ids a request takes: 3.3.5.2.3 Verifying the Sequence Number. */
    static int sequenceNumbers(Connection connection, Smb2Header header) {
        boolean multiCredit =
                connection.negotiation().isPresent() && connection.negotiated().supportsMultiCredit();
        return multiCredit ? Math.max(header.creditCharge(), 1) : 1;
    }
}
