package org.smbd.protocol.crypto;

/** Who sent a message. MS-SMB2 3.1.4.1 Signing An Outgoing Message: the AES-GMAC nonce depends on it. */
public enum Sender {
    CLIENT,
    SERVER
}
