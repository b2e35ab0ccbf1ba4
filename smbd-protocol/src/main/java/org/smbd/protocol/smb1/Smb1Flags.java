package org.smbd.protocol.smb1;

/** Bits of the header. MS-CIFS 2.2.3.1 The SMB Header, MS-SMB 2.2.3.1 SMB Header Extensions. */
public final class Smb1Flags {
    /** Flags: paths are compared without case. */
    public static final int CASE_INSENSITIVE = 0x08;
    /** Flags: paths come in the form that the server keeps. */
    public static final int CANONICALIZED_PATHS = 0x10;
    /** Flags: an open of the oldest form asks for an oplock; in its response, has it. */
    public static final int OPLOCK = 0x20;
    /** Flags: the oplock is to be a batch oplock. */
    public static final int OPBATCH = 0x40;
    /** Flags: a response. */
    public static final int REPLY = 0x80;

    /** Flags2: the client understands names that are not 8.3. */
    public static final int FLAGS2_LONG_NAMES = 0x0001;
    /** Flags2: the client understands extended attributes. */
    public static final int FLAGS2_EAS = 0x0002;
    /** Flags2: the message is signed, or in SESSION_SETUP_ANDX: the client signs from now on. */
    public static final int FLAGS2_SECURITY_SIGNATURE = 0x0004;
    /** Flags2: the client insists on signatures. */
    public static final int FLAGS2_SECURITY_SIGNATURE_REQUIRED = 0x0010;
    /** Flags2: names in this message may be long. */
    public static final int FLAGS2_IS_LONG_NAME = 0x0040;
    /** Flags2: the client asks for GSS log-ins. */
    public static final int FLAGS2_EXTENDED_SECURITY = 0x0800;
    /** Flags2: paths may name previous versions. */
    public static final int FLAGS2_REPARSE_PATH = 0x0400;
    /** Flags2: paths begin with server and share. */
    public static final int FLAGS2_DFS = 0x1000;
    /** Flags2: who may execute may read. */
    public static final int FLAGS2_PAGING_IO = 0x2000;
    /** Flags2: the status is an NTSTATUS. */
    public static final int FLAGS2_NT_STATUS = 0x4000;
    /** Flags2: text is UTF-16LE. */
    public static final int FLAGS2_UNICODE = 0x8000;

    private Smb1Flags() {}
}
