/** Accounts, the file that holds them, and the Unix users and groups behind them. */
package org.smbd.auth.account;
