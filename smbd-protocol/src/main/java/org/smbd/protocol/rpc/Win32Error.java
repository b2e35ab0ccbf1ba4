package org.smbd.protocol.rpc;

/** The Win32 errors that services answer. MS-ERREF 2.2 Win32 Error Codes, MS-SRVS 2.2.2.10 Error Codes. */
public final class Win32Error {
    public static final int SUCCESS = 0;
    public static final int FILE_NOT_FOUND = 2;
    public static final int ACCESS_DENIED = 5;
    public static final int NOT_SUPPORTED = 50;
    public static final int INVALID_PARAMETER = 87;
    public static final int INSUFFICIENT_BUFFER = 122;
    public static final int INVALID_NAME = 123;
    public static final int INVALID_LEVEL = 124;
    public static final int MORE_DATA = 234;
    public static final int NO_MORE_ITEMS = 259;
    public static final int SERVICE_DOES_NOT_EXIST = 1060;
    public static final int UNKNOWN_AUTHENTICATION_SERVICE = 1747;
    public static final int NERR_BUFFER_TOO_SMALL = 2123;
    public static final int NERR_DUPLICATE_SHARE = 2118;
    public static final int NERR_USER_NOT_FOUND = 2221;
    public static final int NERR_NET_NAME_NOT_FOUND = 2310;
    public static final int NERR_CLIENT_NAME_NOT_FOUND = 2312;
    public static final int NERR_FILE_ID_NOT_FOUND = 2314;

    private Win32Error() {}
}
