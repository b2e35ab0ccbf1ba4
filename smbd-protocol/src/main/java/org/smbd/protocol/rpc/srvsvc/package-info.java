/** The server service: shares, and who uses them. MS-SRVS. */
package org.smbd.protocol.rpc.srvsvc;
