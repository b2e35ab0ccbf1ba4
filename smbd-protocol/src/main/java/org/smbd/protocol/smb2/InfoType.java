package org.smbd.protocol.smb2;

/** What a QUERY_INFO or SET_INFO is about. MS-SMB2 2.2.37 SMB2 QUERY_INFO Request, InfoType. */
public final class InfoType {
    public static final int FILE = 0x01;
    public static final int FILESYSTEM = 0x02;
    public static final int SECURITY = 0x03;
    public static final int QUOTA = 0x04;

    private InfoType() {}
}
