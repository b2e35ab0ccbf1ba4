/** The security account manager: accounts and groups. MS-SAMR. */
package org.smbd.protocol.rpc.samr;
