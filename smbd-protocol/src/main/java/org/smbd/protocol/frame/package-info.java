/**
 * What stands around a message on its transport: MS-SMB2 2.1 Transport and 2.2.41, RFC 1001 and RFC 1002 section 4.3.
 *
 * <p>No channel and no cipher lives here.
 */
package org.smbd.protocol.frame;
