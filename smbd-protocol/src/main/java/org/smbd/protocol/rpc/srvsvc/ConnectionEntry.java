package org.smbd.protocol.rpc.srvsvc;

/**
 * A tree connect as the server service shows it. MS-SRVS 2.2.4.2 CONNECTION_INFO_1.
 *
 * @param id of the connection, for the time that it lasts
 * @param type one of the constants of {@link ShareEntry}
 * @param opens files and pipes that are open over it
 * @param ageSeconds of its session
 * @param client the address that it comes from
 */
public record ConnectionEntry(int id, int type, int opens, int ageSeconds, String user, String share, String client) {}
