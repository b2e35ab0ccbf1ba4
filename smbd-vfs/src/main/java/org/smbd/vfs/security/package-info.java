/**
 * Who may do what with a file: MS-DTYP 2.5.3 for descriptors, POSIX.1e for access control lists of the host, and how
 * the two are kept together in the attributes of a file. Pure but for {@link org.smbd.vfs.security.FileSecurity}.
 */
package org.smbd.vfs.security;
