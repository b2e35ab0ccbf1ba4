/** The host as remote administration tools ask for it: MS-WKST, MS-DSSP, MS-SCMR, MS-RRP, and RPC management. */
package org.smbd.protocol.rpc.host;
