/**
 * File semantics: MS-FSA, one {@link org.smbd.vfs.FileService} method per section 2.1.5.x. Knows no SMB, no wire, no
 * Netty.
 */
package org.smbd.vfs;
