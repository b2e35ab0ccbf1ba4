/** Where log lines go: {@code log file}, {@code log level} and {@code max log size} of smb.conf, done by Logback. */
package org.smbd.server.log;
