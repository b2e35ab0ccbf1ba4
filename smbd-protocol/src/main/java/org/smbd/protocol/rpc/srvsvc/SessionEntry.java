package org.smbd.protocol.rpc.srvsvc;

/**
 * A session as the server service shows it. MS-SRVS 2.2.4.15 SESSION_INFO_502.
 *
 * @param client the address that it comes from
 * @param user the name of the account
 * @param opens files and pipes that it has open
 * @param guest whether nobody has proved who it is
 * @param dialect what it speaks
 */
public record SessionEntry(
        String client, String user, int opens, int ageSeconds, int idleSeconds, boolean guest, String dialect) {}
