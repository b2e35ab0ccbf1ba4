package org.smbd.protocol.smb2;

/** MS-SMB2 2.2.13.2.8 SMB2_CREATE_REQUEST_LEASE and 2.2.13.2.10 SMB2_CREATE_REQUEST_LEASE_V2. */
public final class LeaseState {
    public static final int NONE = 0x0;
    public static final int READ_CACHING = 0x1;
    public static final int HANDLE_CACHING = 0x2;
    public static final int WRITE_CACHING = 0x4;

    /** Flag of a response: a break is under way. */
    public static final int FLAG_BREAK_IN_PROGRESS = 0x2;
    /** Flag of version 2: ParentLeaseKey is valid. */
    public static final int FLAG_PARENT_LEASE_KEY_SET = 0x4;

    private LeaseState() {}
}
