/** Sessions, tree connects and opens: MS-SMB2 3.3.1.8 Per Session, 3.3.1.9 Per Tree Connect, 3.3.1.10 Per Open. */
package org.smbd.server.session;
