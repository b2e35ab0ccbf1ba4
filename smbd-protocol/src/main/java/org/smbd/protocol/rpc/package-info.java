/**
 * Connection-oriented DCE/RPC as far as a file server's pipes need it: C706 chapter 12 and 14, MS-RPCE 2.2, and the
 * server service of MS-SRVS. Protocol only: bytes in, bytes out. What shares there are is asked of
 * {@link ShareDirectory}.
 */
package org.smbd.protocol.rpc;
