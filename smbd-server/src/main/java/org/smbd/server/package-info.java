/**
 * The daemon: transport, sessions, handlers, configuration. The only module that sees protocol, auth and vfs together.
 */
package org.smbd.server;
