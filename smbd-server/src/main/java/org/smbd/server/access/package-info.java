/**
 * Who may connect to a share, and who may write: the lists of smb.conf against one {@link
 * org.smbd.core.type.SecurityContext}. Pure decisions; what must be asked of the system comes in through {@link
 * org.smbd.server.access.Identities}.
 */
package org.smbd.server.access;
