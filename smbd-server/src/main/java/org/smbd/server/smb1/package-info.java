/** SMB1 as far as it is spoken: MS-SMB2 3.3.5.3 Receiving an SMB_COM_NEGOTIATE. */
package org.smbd.server.smb1;
