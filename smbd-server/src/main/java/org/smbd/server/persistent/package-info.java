/**
 * Persistent opens on disk: what is needed to revive them after the server was killed. MS-SMB2 3.3.1.10 Per Open,
 * Open.IsPersistent. Knows no sessions: it keeps descriptions.
 */
package org.smbd.server.persistent;
