package org.smbd.server.smb1;

/** What one SMB1 connection may use, where no parameter says so: docs/limits.md. */
final class Smb1Limits {
    /** MaxBufferSize: the longest message but for large writes, in bytes. Samba's number, which clients know. */
    static final int BUFFER_BYTES = 16_644;

    /** Most of one large read or write, in bytes: what the 17 bits of a NetBIOS frame hold, less the headers. */
    static final int LARGE_DATA_BYTES = 0x1_F000;

    /** Longest frame behind log-in, in bytes. */
    static final int FRAME_BYTES = 0x2_0000 + 1024;

    /** MaxMpxCount: requests that a client may have under way. */
    static final int MPX_COUNT = 50;

    /** Requests of one connection that wait for something. */
    static final int PENDING_MAX = 256;

    /** Searches of one connection that are open; beyond it the oldest is closed. */
    static final int SEARCHES_MAX = 1_024;

    /** Transactions of one connection whose messages have not all come; their bytes are those that came. */
    static final int TRANSACTIONS_MAX = 8;

    /** Parameters and data of one transaction, in bytes. */
    static final int TRANSACTION_BYTES = 256 * 1024;

    /** FIDs, TIDs, UIDs and search ids have 16 bits; 0 and 0xFFFF are no ids. */
    static final int IDS_MAX = 0xFFFE;

    private Smb1Limits() {}
}
