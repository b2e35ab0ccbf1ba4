package org.smbd.protocol.smb2;

/** MS-SMB2 2.2.13 SMB2 CREATE Request, RequestedOplockLevel. */
public final class OplockLevel {
    public static final int NONE = 0x00;
    public static final int II = 0x01;
    public static final int EXCLUSIVE = 0x08;
    public static final int BATCH = 0x09;
    /** A create context asks for a lease. */
    public static final int LEASE = 0xFF;

    private OplockLevel() {}
}
