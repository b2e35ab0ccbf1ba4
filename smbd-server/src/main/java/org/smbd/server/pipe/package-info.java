/** Named pipes of IPC$ and the RPC services behind them. MS-RPCE 2.1.1.2 SMB. */
package org.smbd.server.pipe;
