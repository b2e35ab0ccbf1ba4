/** Connections above their transport: MS-SMB2 3.3.1.7 Per Transport Connection. Frames in, frames out; knows no TCP. */
package org.smbd.server.conn;
