/**
 * Message structures of MS-SMB2 section 2.2, revision 20240729 or later: a record per request and response, decode and
 * encode side by side, component order = wire order.
 *
 * <p>No processing rule of section 3 and no file information class (package {@code fscc}) lives here. Buffers in
 * records are slices borrowed from the message: they live as long as it does, and nobody releases them by themselves.
 * Receivers ignore reserved fields.
 */
package org.smbd.protocol.smb2;
