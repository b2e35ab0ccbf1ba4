/**
 * The running server's answers to its administrator: a Unix-domain socket below {@code state directory} that only the
 * server's own user can open. One request and one answer, each a JSON object on a line, per connection.
 */
package org.smbd.server.control;
