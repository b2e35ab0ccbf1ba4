/** A class per SMB2 command, named after its section 3.3.5.x. Translators: no file semantics here. */
package org.smbd.server.smb2;
