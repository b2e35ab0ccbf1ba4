package org.smbd.protocol.rpc.account;

/**
 * An account of the server.
 *
 * @param rid last part of its SID
 * @param fullName may be empty
 * @param passwordLastSet FILETIME
 */
public record AccountEntry(
        String name, int rid, String fullName, boolean disabled, boolean passwordNeverExpires, long passwordLastSet) {}
