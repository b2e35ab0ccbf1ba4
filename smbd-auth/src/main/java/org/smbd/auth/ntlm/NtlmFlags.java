package org.smbd.auth.ntlm;

/** What both sides can do. MS-NLMP 2.2.2.5 NEGOTIATE. */
final class NtlmFlags {
    static final int UNICODE = 0x00000001;
    static final int OEM = 0x00000002;
    static final int REQUEST_TARGET = 0x00000004;
    static final int SIGN = 0x00000010;
    static final int SEAL = 0x00000020;
    static final int NTLM = 0x00000200;
    static final int ALWAYS_SIGN = 0x00008000;
    static final int TARGET_TYPE_SERVER = 0x00020000;
    static final int EXTENDED_SESSIONSECURITY = 0x00080000;
    static final int TARGET_INFO = 0x00800000;
    static final int VERSION = 0x02000000;
    static final int NEGOTIATE_128 = 0x20000000;
    static final int KEY_EXCH = 0x40000000;
    static final int NEGOTIATE_56 = 0x80000000;

    /**
     * Set in every challenge, asked for or not: Linux gives up without 128 and 56, jcifs-ng without KEY_EXCH. What is
     * really used is what the client sets in its AUTHENTICATE_MESSAGE.
     */
    private static final int ALWAYS_OFFERED = NTLM
            | SIGN
            | ALWAYS_SIGN
            | TARGET_TYPE_SERVER
            | TARGET_INFO
            | VERSION
            | NEGOTIATE_128
            | NEGOTIATE_56
            | KEY_EXCH;

    private static final int OFFERED_IF_ASKED = REQUEST_TARGET | SEAL | EXTENDED_SESSIONSECURITY;

    private NtlmFlags() {}

    static boolean has(int flags, int bits) {
        return (flags & bits) == bits;
    }

    /** The flags of a challenge. MS-NLMP 3.2.5.1.1 Server Receives a NEGOTIATE_MESSAGE from the Client. */
    static int challenge(int asked) {
        int characters = has(asked, UNICODE) || !has(asked, OEM) ? UNICODE : OEM;
        return ALWAYS_OFFERED | (asked & OFFERED_IF_ASKED) | characters;
    }
}
