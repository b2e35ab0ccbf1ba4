package org.smbd.server.smb1;

/** What does one command. May block on the disk. */
@FunctionalInterface
interface Smb1Handler {
    /**
     * Does it.
     *
     * @throws org.smbd.core.status.SmbException where it fails
     * @throws org.smbd.protocol.wire.MalformedMessage where the message is none
     */
    Smb1Reply handle(Smb1Call call);
}
