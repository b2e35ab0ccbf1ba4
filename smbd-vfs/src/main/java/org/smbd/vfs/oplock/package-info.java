/**
 * Caching by clients: oplocks and leases, MS-FSA 2.1.1.10 Per Oplock, 2.1.4.12 Algorithm to Check for an Oplock Break,
 * 2.1.5.18 Server Requests an Oplock, 2.1.5.19 Server Acknowledges an Oplock Break. Knows no SMB: breaks go out through
 * {@link org.smbd.vfs.oplock.BreakListener}.
 */
package org.smbd.vfs.oplock;
