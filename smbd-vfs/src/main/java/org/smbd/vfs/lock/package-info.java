/** Byte-range locks: MS-FSA 2.1.4.10, 2.1.5.8, 2.1.5.9. Pure. */
package org.smbd.vfs.lock;
