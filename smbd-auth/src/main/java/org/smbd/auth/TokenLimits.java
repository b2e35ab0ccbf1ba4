package org.smbd.auth;

/**
 * How much of a security token is looked at.
 *
 * @param bytesMax longer tokens are refused before they are looked at
 * @param depthMax ASN.1 values within values
 */
public record TokenLimits(int bytesMax, int depthMax) {
    /** What honest clients stay below by far. */
    public static final TokenLimits STANDARD = new TokenLimits(64 * 1024, 16);
}
