package org.smbd.auth.mechanism;

/** An exchange that, once it is done, can protect the choice of the mechanism. RFC 4178 5 Processing of mechListMIC. */
public interface MechanismExchange extends AuthExchange {
    /** Whether both sides share a key, so that MICs can be made and checked. False before the exchange is done. */
    boolean canProtect();

    /** Whether the client showed that it is recent enough to send a mechListMIC where one is due. */
    boolean expectsMic();

    /** GSS_GetMIC with the server's key. */
    byte[] mic(byte[] data);

    /** GSS_VerifyMIC with the client's key. */
    boolean verifyMic(byte[] data, byte[] mic);
}
