/** The local security authority: names of SIDs, privileges. MS-LSAT, MS-LSAD. */
package org.smbd.protocol.rpc.lsa;
