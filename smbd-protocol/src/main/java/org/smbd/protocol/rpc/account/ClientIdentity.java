package org.smbd.protocol.rpc.account;

/**
 * Who calls.
 *
 * @param account the name, without the domain
 * @param domain the domain of the account
 * @param administrator whether it may change what the server is
 * @param anonymous whether it has not said who it is
 */
public record ClientIdentity(String account, String domain, boolean administrator, boolean anonymous) {}
