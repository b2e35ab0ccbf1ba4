/**
 * Message structures of MS-CIFS and MS-SMB section 2.2: as much as an SMB2 server needs to meet a client that begins
 * with SMB_COM_NEGOTIATE.
 *
 * <p>This package and {@code smb2} do not know each other.
 */
package org.smbd.protocol.smb1;
