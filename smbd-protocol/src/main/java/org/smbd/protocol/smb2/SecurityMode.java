package org.smbd.protocol.smb2;

/** Whether a peer signs. MS-SMB2 2.2.3 SMB2 NEGOTIATE Request, SecurityMode. */
public final class SecurityMode {
    public static final int SIGNING_ENABLED = 0x1;
    public static final int SIGNING_REQUIRED = 0x2;

    private SecurityMode() {}
}
