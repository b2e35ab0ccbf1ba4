/**
 * Connection-oriented DCE/RPC as far as a file server's pipes need it: C706 chapter 12 and 14, MS-RPCE 2.2. Protocol
 * only: bytes in, bytes out. The services are in the packages below.
 */
package org.smbd.protocol.rpc;
