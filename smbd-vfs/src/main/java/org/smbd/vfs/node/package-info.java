/** What all opens of one file share: MS-FSA 2.1.1.3 Per File, 2.1.1.5 Per Stream. One lock a node; no I/O under it. */
package org.smbd.vfs.node;
