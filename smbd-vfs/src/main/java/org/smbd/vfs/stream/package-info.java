/**
 * Named streams: MS-FSA 2.1.1.5 Per Stream. Their names, where their bytes are kept (an extended attribute, or a side
 * file), and what all opens of one share. Opening and renaming them is the file service's.
 */
package org.smbd.vfs.stream;
