/** A client that speaks MS-SMB2 message by message, and does wrong whatever a test wants done wrong. */
package org.smbd.server.raw;
