package org.smbd.vfs.oplock;

import org.smbd.core.type.Guid;

/**
 * What makes two opens those of one cache, Open.TargetOplockKey of MS-FSA 2.1.1.6 Per Open: a key that the client chose
 * is its own only together with the client.
 *
 * @param client ClientGuid
 * @param key as the client sent it
 */
public record LeaseKey(Guid client, Guid key) {}
