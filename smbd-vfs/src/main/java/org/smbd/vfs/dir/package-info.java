/** Directory queries: MS-FSA 2.1.5.6 Server Requests Querying a Directory, 2.1.4.4 wildcards. */
package org.smbd.vfs.dir;
