/**
 * Signing, sealing and key derivation: MS-SMB2 3.1.4, 2.2.3.1.2, 2.2.3.1.7. The only package of this module that may
 * use {@code javax.crypto}. Nothing here knows sessions or messages beyond the header fields that enter a signature.
 */
package org.smbd.protocol.crypto;
