package org.smbd.server.smb1;

import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.Session;

/**
 * What a FID stands for: MS-CIFS 3.3.1.7 Per Open.
 *
 * @param tree that it was opened in
 * @param session whose UID opened it
 * @param pid of the process that opened it
 * @param refusals what locks were refused
 */
record Smb1Open(int fid, OpenHandle handle, Smb1Tree tree, Session session, int pid, LockRefusals refusals) {}
