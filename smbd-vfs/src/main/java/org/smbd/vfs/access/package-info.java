/** Who may do what to a file, from facts alone: MS-FSA 2.1.4.14 AccessCheck. */
package org.smbd.vfs.access;
