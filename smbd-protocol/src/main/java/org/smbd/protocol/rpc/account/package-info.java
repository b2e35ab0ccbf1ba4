/** Accounts, names and privileges, as the services for them ask the server: nothing here knows where they are kept. */
package org.smbd.protocol.rpc.account;
