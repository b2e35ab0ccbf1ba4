/**
 * Inputs and outputs of file system controls: MS-FSCC 2.3 FSCTL Structures, MS-SMB2 2.2.31 and 2.2.32 for those of SMB2
 * itself. What a control does is in smbd-vfs; which codes are answered is in smbd-server.
 */
package org.smbd.protocol.fsctl;
