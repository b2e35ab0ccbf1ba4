package org.smbd.protocol.rpc.account;

/** What kind of thing a SID names. MS-LSAT 2.2.13 SID_NAME_USE. */
public enum SidUse {
    USER(1),
    GROUP(2),
    DOMAIN(3),
    ALIAS(4),
    WELL_KNOWN_GROUP(5),
    UNKNOWN(8);

    private final int code;

    SidUse(int code) {
        this.code = code;
    }

    /** The value on the wire. */
    public int code() {
        return code;
    }
}
