/** Quotas of the users of a file system, by SID: MS-FSA 2.1.5.21 and 2.1.5.22, over those of the host. */
package org.smbd.vfs.quota;
