package org.smbd.auth.mechanism;

import java.util.Arrays;
import java.util.HexFormat;

/** An object identifier as DER has it, without tag and length. */
public final class Oid {
    /** 1.3.6.1.5.5.2: SPNEGO itself. RFC 4178 3. */
    public static final Oid SPNEGO = ofHex("2b0601050502");
    /** 1.3.6.1.4.1.311.2.2.10: NTLMSSP. MS-SPNG 1.9. */
    public static final Oid NTLMSSP = ofHex("2b06010401823702020a");
    /** 1.2.840.113554.1.2.2: Kerberos 5. RFC 4121. */
    public static final Oid KERBEROS = ofHex("2a864886f712010202");
    /** 1.2.840.48018.1.2.2: Kerberos 5 as old Windows wrote it. MS-SPNG 1.9. */
    public static final Oid MS_KERBEROS = ofHex("2a864882f712010202");

    private final byte[] der;

    /** An identifier of the given encoding. */
    public Oid(byte[] der) {
        this.der = der.clone();
    }

    private static Oid ofHex(String hex) {
        return new Oid(HexFormat.of().parseHex(hex));
    }

    /** The encoding; a copy. */
    public byte[] der() {
        return der.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Oid that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    /** The encoding in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(der);
    }
}
