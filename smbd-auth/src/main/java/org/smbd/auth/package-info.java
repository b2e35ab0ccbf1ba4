/**
 * Who a client is: MS-NLMP, MS-SPNG, RFC 4178 and the accounts behind them. Tokens in, steps out; no sockets, no
 * sessions.
 */
package org.smbd.auth;
