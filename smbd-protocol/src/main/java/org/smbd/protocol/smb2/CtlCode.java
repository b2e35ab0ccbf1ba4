package org.smbd.protocol.smb2;

/** The control codes that this server knows. MS-SMB2 2.2.31 SMB2 IOCTL Request, CtlCode. */
public final class CtlCode {
    public static final int DFS_GET_REFERRALS = 0x00060194;
    public static final int DFS_GET_REFERRALS_EX = 0x000601B0;
    public static final int PIPE_PEEK = 0x0011400C;
    public static final int PIPE_WAIT = 0x00110018;
    public static final int PIPE_TRANSCEIVE = 0x0011C017;
    public static final int VALIDATE_NEGOTIATE_INFO = 0x00140204;

    private CtlCode() {}
}
