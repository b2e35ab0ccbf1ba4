package org.smbd.protocol.rpc.srvsvc;

/**
 * An open as the server service shows it. MS-SRVS 2.2.4.7 FILE_INFO_3.
 *
 * @param id names it as long as it is open
 * @param permissions 1 reads, 2 writes, 4 creates
 * @param locks byte-range locks that it holds or waits for
 * @param path share and path, or that of a pipe, with backslashes
 */
public record FileEntry(int id, int permissions, int locks, String path, String user) {}
