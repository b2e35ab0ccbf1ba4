/**
 * Cursors over bounded little-endian messages, the one place where bytes of a peer are checked: MS-DTYP 2.2 and 2.3.
 *
 * <p>No message structure and no channel lives here.
 */
package org.smbd.protocol.wire;
