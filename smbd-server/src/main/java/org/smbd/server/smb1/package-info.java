/**
 * SMB1: MS-CIFS and MS-SMB 3.3, off unless {@code server min protocol = NT1}. Handlers translate between messages
 * and the file services that SMB2 uses, too. Also the multi-protocol negotiation of MS-SMB2 3.3.5.3.
 */
package org.smbd.server.smb1;
