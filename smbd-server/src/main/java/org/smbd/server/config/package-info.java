/**
 * The configuration: {@code smb.conf(5)} text to validated records. {@link org.smbd.server.config.ServerConfig} is what
 * the rest of the server sees; how a file is written, and what becomes of each parameter, is known here only.
 */
package org.smbd.server.config;
