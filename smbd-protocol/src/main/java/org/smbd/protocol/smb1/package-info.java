/**
 * Message structures of MS-CIFS and MS-SMB section 2.2: requests are decoded, responses encoded.
 *
 * <p>This package and {@code smb2} do not know each other.
 */
package org.smbd.protocol.smb1;
