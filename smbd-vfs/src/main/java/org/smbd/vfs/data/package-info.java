/**
 * File system controls on the data of a file: MS-FSA 2.1.5.10 Server Requests an FsControl Request, an engine for each
 * family. No wire forms here, and no names but those that a reparse point holds.
 */
package org.smbd.vfs.data;
